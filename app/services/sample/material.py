"""What the sample office is made of; people, phones and addresses are invented."""

from dataclasses import dataclass

from app.models.people import Level, Post

OFFICE = "云酒商行"


@dataclass(frozen=True, slots=True)
class SamplePerson:
    """Somebody to sign in as in the sample office."""

    name: str
    post: Post
    level: Level
    password: str


PEOPLE = (
    SamplePerson("周凯", Post.IT, Level.DATABASE, "kaimen#88"),
    SamplePerson("王敏", Post.SERVICE, Level.BACK_OFFICE, "ninhao#01"),
    SamplePerson("李娜", Post.SERVICE, Level.BACK_OFFICE, "ninhao#02"),
    SamplePerson("赵倩", Post.LEAD, Level.BACK_OFFICE, "lingban#03"),
    SamplePerson("刘总监", Post.MANAGER, Level.BACK_OFFICE, "shenpi#04"),
    SamplePerson("吴迪", Post.DELIVERY, Level.BACK_OFFICE, "songhuo#05"),
    SamplePerson("孙静", Post.FINANCE, Level.BACK_OFFICE, "duizhang#06"),
    SamplePerson("张伟", Post.PLANNER, Level.BACK_OFFICE, "cehua#07"),
    SamplePerson("刘洋", Post.LISTING, Level.BACK_OFFICE, "shangxin#08"),
    SamplePerson("郑总", Post.DIRECTOR, Level.BACK_OFFICE, "juece#09"),
)

HOTLINE = {
    "": "0719-0000118",
    "赵倩": "13900002210",
    "刘总监": "13900003318",
    "周凯": "13900001107",
}  # "": the office's

# (sku, title, variant, price in fen)
GOODS = (
    ("BJ-1001", "五粮液 第八代 52度 500ml", "单瓶", 106_900),
    ("BJ-1002", "剑南春 水晶剑 52度 500ml", "单瓶", 40_900),
    ("BJ-1003", "汾酒 青花20 53度 500ml", "单瓶", 39_800),
    ("BJ-1004", "泸州老窖 特曲 52度 500ml", "单瓶", 29_800),
    ("BJ-1005", "洋河 海之蓝 42度 480ml", "单瓶", 14_800),
    ("BJ-1006", "古井贡 年份原浆8 50度 500ml", "单瓶", 25_900),
    ("BJ-1007", "习酒 窖藏1988 53度 500ml", "单瓶", 56_800),
    ("BJ-1008", "茅台迎宾 53度 500ml", "单瓶", 16_800),
    ("HJ-2001", "张裕 解百纳 特选级 750ml", "单瓶", 9_800),
    ("HJ-2002", "长城 五星 赤霞珠 750ml", "单瓶", 21_900),
    ("HJ-2003", "贺兰山东麓 蛇龙珠 750ml", "单瓶", 12_800),
    ("HJ-2004", "智利 佳美娜 珍藏 750ml", "六瓶装", 35_400),
    ("PJ-3001", "青岛 经典1903 500ml×12", "整箱", 8_900),
    ("HJ-4001", "古越龙山 金五年 500ml×6", "整箱", 16_800),
    ("SP-5001", "东北黑木耳 250g", "袋装", 4_900),
    ("SP-5002", "宁夏枸杞 特级 500g", "罐装", 6_800),
    ("SP-5003", "阳澄湖 蟹黄酱 110g", "两瓶装", 8_800),
    ("SP-5004", "金华火腿 切片 300g", "礼盒", 12_900),
)

CHANNELS = (("taobao", 30), ("tmall", 26), ("jd", 22), ("shop", 14), ("pinduoduo", 8))

SURNAMES = "陈李王孙周吴郑冯赵许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎"
GIVEN = (
    "立群", "淑芬", "海涛", "国强", "志远", "晓梅", "建国", "思远", "雨桐", "子涵", "浩然", "欣怡", "明轩", "佳琪",
    "文博", "静怡", "俊杰", "梦洁", "宇航", "雅婷", "鹏飞", "慧敏", "世杰", "婉清",
)  # fmt: skip

# province, city, district, street
PLACES = (
    ("湖北省", "十堰市", "茅箭区", "北京中路"),
    ("湖北省", "武汉市", "江汉区", "新华路"),
    ("广东省", "深圳市", "南山区", "学府路"),
    ("广东省", "广州市", "天河区", "体育东路"),
    ("浙江省", "杭州市", "西湖区", "文三路"),
    ("浙江省", "宁波市", "鄞州区", "天童北路"),
    ("江苏省", "南京市", "鼓楼区", "中山北路"),
    ("江苏省", "苏州市", "姑苏区", "人民路"),
    ("四川省", "成都市", "武侯区", "科华北路"),
    ("北京市", "市辖区", "朝阳区", "建国路"),
    ("上海市", "市辖区", "徐汇区", "漕溪北路"),
    ("山东省", "青岛市", "市南区", "香港中路"),
    ("河南省", "郑州市", "金水区", "花园路"),
    ("陕西省", "西安市", "雁塔区", "小寨东路"),
    ("福建省", "厦门市", "思明区", "湖滨南路"),
    ("辽宁省", "沈阳市", "和平区", "南京南街"),
)

MESSAGES = (
    "",
    "",
    "",
    "",
    "",
    "请包好,送人用",
    "周末在家,工作日请放门卫",
    "要开发票,抬头见备注",
    "麻烦送到楼上",
    "请配礼品袋",
)
REMARKS = ("", "", "", "", "老客户,送两只酒杯", "易碎,加气泡膜", "不放价格单")
LATE_REASONS = ("同时来了多单,先联系了前面的", "客户电话占线", "午间交接耽误", "系统核对地址后再联系")
HOLD_REASONS = ("客户要改收货日期", "客户要求先看发票抬头", "库房说缺一瓶,等补货")
CANCEL_REASONS = ("客户拍错了款", "客户改到门店自提", "联系三次无果,客户在平台取消")
CARRIERS = ("顺丰速运", "京东快递", "中通快递", "自送")
