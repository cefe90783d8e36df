## 网格划分

areas-grid-name = 第{ $number }网格
areas-microgrid-name = 第{ $grid }网格{ $number }号微网格
areas-import-refused = { $file } 有 { $count } 处问题，一行也没有导入。
areas-import-refused-try = 请按上面列出的行逐一改正后再导入。
areas-community-unknown = 没有编码为 { $code } 的社区。
areas-community-unknown-try = 请先用 doorstep import territory 导入区划，或核对 12 位编码。

districting-no-buildings = 这个社区还没有楼栋。
districting-no-buildings-try = 请先导入楼栋：doorstep import buildings 文件 --community 编码。
districting-refused = 无法按这些条件划分：{ $reason }
districting-refused-try = 请检查户数上下限和楼栋数据。
districting-not-a-draft = 这个方案已不是草案。
districting-not-a-draft-try = 请刷新页面，或重新划分一个方案。
districting-in-the-past = 生效日期不能早于今天。
districting-in-the-past-try = 请选择今天或以后的日期。
cases-moved-with-plan = 新的网格划分方案已生效，诉求随位置转入新的微网格。
