"""What people call the columns of an order list: the usual word first; Chinese, then English."""

SYNONYMS = {
    "source_number": "订单编号|订单号|主订单编号|单号|交易号|"
    "order number|order no|order id|invoice number|invoice no|order",
    "line.quantity": "数量|商品数量|购买数量|订购数量|件数|quantity|qty|units",
    "line.price": "单价|价格|商品单价|售价|unit price|price|item price",
    "line.amount": "小计|金额小计|商品总价|商品金额|line total|item total|subtotal|amount",
    "line.title": "商品名称|商品标题|商品|品名|宝贝标题|标题|产品名称|"
    "product name|item name|product|title|item|description",
    "line.sku": "商家编码|货号|商品编码|商品编号|规格编码|sku|stock code|item code|product code|product id|article",
    "line.variant": "规格|商品规格|商品属性|款式|variant|variation|option|size|colour|color",
    "payable": "应付金额|订单金额|总金额|合计金额|order total|grand total|total price|amount due|total",
    "paid": "实付金额|实际支付金额|已付金额|买家实付|amount paid|total paid|paid",
    "freight": "运费|邮费|快递费|shipping cost|delivery fee|freight|postage|shipping",
    "discount": "优惠金额|优惠|折扣|discount amount|total discount|discount",
    "placed_at": "下单时间|创建时间|订单时间|成交时间|下单日期|日期|"
    "order date|purchase date|invoice date|created at|date",
    "paid_at": "付款时间|支付时间|payment date|paid date|paid at",
    "state": "订单状态|状态|order status|order state|status",
    "person.name": "收货人|收货人姓名|收件人|客户姓名|姓名|"
    "recipient name|recipient|shipping name|customer name|full name|name",
    "person.phone": "联系手机|手机号|手机|联系电话|电话|phone|mobile|telephone",
    "person.province": "省|省份|province|state|region",
    "person.city": "市|城市|city|town",
    "person.district": "区|区县|district|county",
    "person.address": "详细地址|收货地址|收件地址|地址|shipping address|address|street|country",
    "person.postcode": "邮编|邮政编码|postcode|postal code|zip code|zip",
    "person.buyer": "买家会员名|买家昵称|会员名|客户编号|买家|customer id|customer email|customer|buyer|email|username",
    "person.message": "买家留言|客户留言|留言|customer note|message|comment|note|notes",
    "person.remark": "商家备注|卖家备注|订单备注|备注|seller note|staff note|remark|memo",
    "shop": "店铺名称|店铺|shop|store",
    "waybill": "运单号|快递单号|物流单号|tracking number|tracking no|waybill|tracking",
    "carrier": "快递公司|物流公司|carrier|courier|shipping company",
}
