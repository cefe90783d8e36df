### 跟进链接

links-refused = 这个链接不对，可能没有复制完整。
links-refused-try = 请重新打开短信、邮件或回执里的链接；链接丢了，可以凭受理编号重新取得。
links-expired = 这个链接已经过了有效期。
