# Open311 GeoReport v2：供其他城市的软件读取。
georeport-contact = 关于本接口的问题请到这里提出：{ $page }
georeport-key-service = 密钥由所在区域的受理台在“数据交换”中发放。
georeport-follow = 已受理，编号 { $number }。反映人可在此查看进展：{ $link }
georeport-received = 已受理，编号 { $number }。
georeport-media-link = 图片：{ $link }
georeport-a-day = 日期，例如 2026-03-08。
georeport-only-if = “{ $question }”回答为以下内容时才需填写：{ $answers }。
georeport-or = 、

georeport-no-form = Accept 请求头中没有本接口支持的格式。
georeport-no-form-try = 请使用 application/json 或 text/xml，或在地址末尾加 .json 或 .xml。
georeport-no-such-method = 这个地址不支持这种请求方法。
georeport-no-such-method-try = 请使用 { $methods }。
georeport-no-address = 这个地址上没有内容。
georeport-no-address-try = 可用的调用有 services、requests、tokens 和 servicerequestupdates，末尾加 .json 或 .xml；完整地址见 discovery.json。
georeport-unreadable = 无法读取这次调用。
georeport-unreadable-try = 请用 application/x-www-form-urlencoded 发送表单，编码用 UTF-8。
georeport-not-a-form = 发来的内容不是表单。
georeport-not-a-form-try = 请发送 application/x-www-form-urlencoded；带图片时用 multipart/form-data，图片字段为 media。
georeport-not-utf8 = 文字与所声明的字符集不符。
georeport-not-utf8-try = 请使用 UTF-8，或注明字符集：Content-Type: application/x-www-form-urlencoded; charset=gb18030。
georeport-too-many = 一次调用的参数不能超过 { $most } 个。
georeport-too-many-try = 请只发送该服务需要的属性。
georeport-too-long = 参数 { $name } 超过 { $most } 个字符。
georeport-too-long-try = 请缩短。

georeport-key-needed = 这个调用需要合作平台的密钥。
georeport-key-needed-try = 请用 api_key 参数发送；密钥由所在区域的受理台发放。
georeport-no-jurisdiction = 找不到这个 jurisdiction_id。
georeport-no-jurisdiction-try = 请填写现行的县（市、区）、镇（街道）或村（社区）编码，也可以不填。
georeport-no-service = 找不到这个 service_code。
georeport-no-service-try = 全部服务见 services.json。
georeport-service-missing = 没有提供 service_code。
georeport-service-missing-try = 请从 services.json 中选择。
georeport-no-request = 公开的诉求里没有这一件，也没有对应的令牌。
georeport-no-request-try = 请核对。不涉及公众的诉求只能凭令牌查看，或由提交它的合作平台查看。

georeport-no-place = 没有说明地点。
georeport-no-place-try = 请发送 lat 和 long，或 address_string，或 address_id。
georeport-half-a-point = 坐标需要同时有 lat 和 long。
georeport-half-a-point-try = 请按 WGS 84 的度数同时发送，或都不发送。
georeport-no-address-id = 没有 address_id 对应的楼门或区域。
georeport-no-address-id-try = 请填写楼门上的编码，或村（社区）的编码。
georeport-bad-date = { $name } 不是有效的日期。
georeport-bad-date-try = 请写成 2026-03-08T09:30:00+08:00 这样的格式，年份在2000到2100之间。
georeport-bad-number = { $name } 应为 { $least } 到 { $most } 之间的数。
georeport-bad-number-try = 请更正，或不填。
georeport-backwards = start_date 晚于 end_date。
georeport-backwards-try = 请对调。
georeport-long-span = 一次最多查询 { $days } 天。
georeport-long-span-try = 请按每次 { $days } 天分次查询。
georeport-many-ids = 一次查询的编号不能超过 { $most } 个。
georeport-many-ids-try = 请分次查询。
georeport-no-status = 没有“{ $status }”这种状态。
georeport-no-status-try = 请填写 open、closed，或用逗号连接两者。

georeport-bad-attribute = “{ $name }”不是属性。
georeport-bad-attribute-try = 请写成 attribute[编码]=值，编码见该服务的定义。
georeport-unknown-attribute = 该服务没有“{ $name }”这个属性。
georeport-one-value = “{ $name }”只能有一个值。
georeport-many-pictures = 一次最多附 { $most } 张图片。
georeport-many-pictures-try = 请选最清楚的几张。
georeport-number-missing = 没有提供 service_request_id。
georeport-number-missing-try = 请发送这条更新所属诉求的编号。
georeport-words-missing = 更新需要 description。
georeport-words-missing-try = 请写明要说的内容。
georeport-bad-update = update_id 太长，或含有无法识别的字符。
georeport-bad-update-try = 请控制在64个字符以内。
