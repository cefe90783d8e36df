### 提交次数的限制

limits-too-many = 从这台设备或这个网络提交的次数太多了，这一次没有收下。
limits-too-many-try = 请约 { $minutes } 分钟后再提交，您写的内容还在下面。急事请直接拨打 110、119、120，或 12345。
limits-too-many-tries = 这个网络输错密码的次数太多了，这一次没有核对。
limits-too-many-tries-try = 请约 { $minutes } 分钟后再登录；已经登录的人不受影响。
