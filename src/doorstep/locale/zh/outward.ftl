# 由外部提供、需要本平台去访问的地址。
outward-unreadable = 这个地址无法访问。
outward-unreadable-try = 请填写完整的 http 或 https 地址，例如 https://example.org/hook，不超过2000个字符。
outward-password = 地址里不能带用户名或密码。
outward-password-try = 请去掉 @ 前面的部分。
outward-unknown = 找不到这个地址对应的主机。
outward-unknown-try = 请检查写法，或稍后再试。
outward-inside = 这个地址通向内部网络，本平台不访问。
outward-inside-try = 请提供公网可以访问的地址；如果是政务专网地址，请联系运维人员开通。
