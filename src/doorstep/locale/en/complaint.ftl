### Complaints from the box: kept from whom they are about.

complaint-about = Whom it is about
complaint-about-hint = They neither see it nor look into it. You need not say; then only the county reads it.
complaint-about-nobody = I would rather not say, or do not know
complaint-about-grid = Grid workers, leads, liaisons
complaint-about-community = The community
complaint-about-subdistrict = The subdistrict
complaint-community = Which community
complaint-community-none = I would rather not say, or do not know
complaint-located = A complaint about staff is taken for its community; nobody is asked for the exact place.
complaint-concerned = This unit is whom it is about; it cannot hold it.
complaint-concerned-try = Choose a unit that has nothing to do with it.

cases-question-complaint = It is about staff. Which unit that has nothing to do with it looks into it?
desk-question-complaint = Who looks into a complaint
complaint-nobody = There is no such department.
complaint-nobody-try = Send grid, community, subdistrict, or department: with the code of one.
