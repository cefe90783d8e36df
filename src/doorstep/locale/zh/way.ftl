### 随手报：路上看见，点一下就报

way-title = 随手报
way-lead = 点一下看见了什么，再点发送，约十秒。不用登录，也不用拍照。
way-what = 看见了什么
way-other = 别的（写一句）
way-where = 在哪里
way-here = 就在这里
way-my-place = 不在这里，用我现在的位置
way-send = 发送
way-more = 补充一句话、地点或照片
way-words = 说明
way-words-hint = 选“别的”时请写一句。
way-place-words = 具体在哪里
way-foot = 路过看见就报，报不报、报多少都随您，不记名，不排名。
way-whole-form = 要说的事比较多？用完整表单
way-button = 路上看见了什么？随手报
way-empty = 还没有选看见了什么。
way-empty-try = 请点一项，或选“别的”并写一句。
way-home-text = 路上看见井盖坏了、通道堵了？点一下就报，约十秒。
