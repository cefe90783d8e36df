### Robots in groups and applications: somebody speaks to us there

notices-group = [Doorstep] Case { $number }: { $said }
notices-not-from-there = This was not sent by a platform that is set up here, or it is too old.
notices-not-from-there-try = Check the address that is called, the token and the key, and the clock of the server.
groups-words-missing = Say in a sentence what it is and where, such as “The light at building 3 is out”; at most { NUMBER($most, useGrouping: 0) } characters.
groups-too-many = Too many messages within an hour; this one was not received. When it is urgent, call 110, 119, 120 or 12345.
groups-received = { $advice }Received under the number { $number }. You will be told here. { $link }
groups-account-wecom = Somebody on WeCom
groups-account-dingtalk = Somebody on DingTalk

groups-reply-kept = Your words have reached those who work on { $number }; no need to send them again.
groups-account-sms = Text message
