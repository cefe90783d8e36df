### 坐标。

geometry-datum-unknown = 不认识坐标系“{ $name }”。
geometry-datum-try = 可用的坐标系：{ $names }。
geometry-point-not-a-number = 坐标不是数字。
geometry-point-out-of-range = 经度 { $lon }、纬度 { $lat } 不在地球上。
geometry-point-try = 请核对经度和纬度是否填反。
