"""Names and phones as a record that lies in a folder shows them: enough to tell orders apart, not who it was."""

STAR = "*"
NAME_STARS = 2


def mask_name(name: str) -> str:
    """ "陈立群" → "陈**"; what the platform has masked stays as it is."""
    if STAR in name or not name:
        return name
    return name[0] + STAR * min(len(name) - 1, NAME_STARS) if len(name) > 1 else STAR


def mask_phone(phone: str) -> str:
    """ "13900002065" → "139****2065"; what the platform has masked stays as it is."""
    if STAR in phone or not phone:
        return phone
    digits = "".join(char for char in phone if char.isdigit())
    if len(digits) < 8:
        return STAR * 4 + digits[-2:]
    return f"{digits[:3]}****{digits[-4:]}"
