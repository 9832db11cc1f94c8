"""How much a word of a pasted address looks like the person who gets the parcel.

The surnames are those of the 百家姓 and the commonest ones that it leaves out.
"""

import re

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "酆鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯昝管卢莫经房裘缪干解应宗丁宣贲邓"
    "郁单杭洪包诸左石崔吉钮龚程嵇邢滑裴陆荣翁荀羊於惠甄曲家封芮羿储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫"
    "宁仇栾暴甘钭厉戎祖武符刘景詹束龙叶幸司韶郜黎蓟薄印宿白怀蒲邰从鄂索咸籍赖卓蔺屠蒙池乔阴鬱胥能苍双闻莘党翟谭贡劳逄姬申扶堵"
    "冉宰郦雍郤璩桑桂濮牛寿通边扈燕冀郏浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步都耿满弘匡国文寇广禄阙东"
    "欧殳沃利蔚越夔隆师巩厍聂晁勾敖融冷訾辛阚那简饶空曾毋沙乜养鞠须丰巢关蒯相查后荆红游竺权逯盖益桓公肖付闫代仝佟涂尧苑覃冼邸"
    "揭晋楚闾法汝鄢归海岳帅缑亢况郈琴商牟佘佴伯赏墨哈谯笪年爱阳钦岐展郭吴洛植鹿撒税原朴揣遇麦隋宛蹇屈豆芦盘"
)
_DOUBLE_SURNAMES = re.compile(
    "欧阳|司马|上官|诸葛|东方|皇甫|尉迟|公孙|令狐|慕容|司徒|夏侯|南宫|端木|百里|长孙|宇文|轩辕|申屠|呼延|独孤|澹台|闻人"
)
_TITLE = re.compile("(?:先生|小姐|女士|太太|夫人|老师|师傅|医生|经理|老板|同学|阿姨|叔叔|大哥|大姐|总)$")
_RECEIVES = re.compile("(?<=..)(?:收|[(（]收[)）]?|亲启)$")
_HAN = re.compile("[一-鿿·]+")
_LETTERS = re.compile("[A-Za-z][A-Za-z .'-]{1,30}")
_MIXED = re.compile(r"(?=.*[一-鿿A-Za-z])[一-鿿A-Za-z*＊·]{1,6}")
_PLACE = re.compile(
    r"\d|(?:[省市区县镇乡村屯组队路街巷弄道里号楼栋幢座室层厅门店厂场院校馆城园苑庄湾桥坊站塔库社]|社区|小区|单元|公司|集团|大厦|广场|中心|大学|"
    "中学|小学|医院|银行|酒店|宾馆|超市|花园|公寓|家园|宿舍|工业|开发|旁边|对面|附近|隔壁|驿站|菜鸟|快递|代收|门卫|前台|物业)$"
)

ENOUGH = 3


def clean_name(word: str) -> str:
    """The word without what only says that the person receives: 唐娜明收 is 唐娜明."""
    return _RECEIVES.sub("", word.strip(" .。:：-—()（）[]【】\"'"))


def name_score(word: str, near_phone: bool, at_edge: bool) -> int:
    """How much `word` looks like a person's name; from ENOUGH on it is taken for one.

    `near_phone`: a telephone number stands beside it; `at_edge`: the text begins or ends with it.
    """
    name = clean_name(word)
    shape = _shape_score(name)
    if shape is None:
        return -10
    receives = 4 if name != word.strip() and _RECEIVES.search(word.strip()) else 0
    place = -6 if _PLACE.search(name) and not _TITLE.search(name) else 0
    return shape + receives + place + 2 * near_phone + at_edge


def _shape_score(name: str) -> int | None:
    if not name or len(name) > 30:
        return None
    if _HAN.fullmatch(name):
        return _chinese_score(name)
    if _LETTERS.fullmatch(name) or _MIXED.fullmatch(name):
        return 1
    return None


def _chinese_score(name: str) -> int | None:
    if _TITLE.search(name) and len(name) <= 6:
        return 7
    has_surname = name[0] in _SURNAMES or _DOUBLE_SURNAMES.match(name) is not None
    if len(name) == 1:
        return 1 if has_surname else 0
    if len(name) <= 4:
        most = 4 if _DOUBLE_SURNAMES.match(name) else 3
        return 4 if has_surname and len(name) <= most else 2
    return 0 if len(name) <= 8 else None
