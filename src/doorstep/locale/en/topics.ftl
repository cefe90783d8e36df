### Hot topics.

topics-title = Hot topics
topics-lead = Cases of the last { $days } days that are alike in words, place and time make one topic, found anew each hour. At least { $fewest } people must have asked; of what is private only numbers are shown.
topics-none = No hot topics lately
topics-none-text = At least { $fewest } people must have asked for the same.
topics-item = Item
topics-since = Since
topics-latest = Latest
topics-cases = Cases
topics-voices = Joined
topics-weight = People who asked
topics-trend = Asked a day
topics-private = Private matters (numbers only)
topics-communities = { $name } and others, { $count } communities
topics-export = Export
topics-all = All hot topics
topics-column-day = Day
topics-column-key = Topic
topics-column-class = Class
topics-column-community = Community
topics-column-subdistrict = Subdistrict
open-do-list-topics = Hot topics of an area: their weight, places and days
