"""Rows that the order desk hands out: what they say of themselves."""

import pytest

from app.services.orders.rows import Person


@pytest.mark.parametrize(
    ("person", "address"),
    [
        (
            Person(province="浙江省", city="杭州市", district="西湖区", address="文三路1号"),
            "浙江省杭州市西湖区文三路1号",
        ),
        (Person(province="北京市", city="北京市", district="朝阳区", address="建国路1号"), "北京市朝阳区建国路1号"),
        (Person(province="北京市", city="市辖区", district="朝阳区", address="建国路1号"), "北京市朝阳区建国路1号"),
        (Person(province="浙江省", city="杭州市", address="浙江省杭州市文三路1号"), "浙江省杭州市文三路1号"),
        (Person(address="文三路1号"), "文三路1号"),
        (Person(), ""),
    ],
)
def test_a_region_is_written_as_on_a_parcel(person: Person, address: str) -> None:
    assert person.full_address == address
