# Open311 GeoReport v2: what programs of other cities read.
georeport-contact = Questions about this interface: { $page }
georeport-key-service = Keys are given by the desk of the area, under "Exchange".
georeport-follow = Received as { $number }. Whoever reported it follows it here: { $link }
georeport-received = Received as { $number }.
georeport-media-link = Picture: { $link }
georeport-a-day = A day, such as 2026-03-08.
georeport-only-if = Asked where “{ $question }” was answered: { $answers }.
georeport-or = { " " }or{ " " }

georeport-no-form = The header Accept names no form that is spoken here.
georeport-no-form-try = Ask for application/json or text/xml, or end the address with .json or .xml.
georeport-no-such-method = Nothing is done at this address with this method.
georeport-no-such-method-try = Use { $methods }.
georeport-no-address = There is nothing at this address.
georeport-no-address-try = The calls are services, requests, tokens and servicerequestupdates, each ending with .json or .xml; discovery.json says where they are.
georeport-unreadable = The call could not be read.
georeport-unreadable-try = Send a form as application/x-www-form-urlencoded in UTF-8.
georeport-not-a-form = What was sent is not a form.
georeport-not-a-form-try = Send application/x-www-form-urlencoded, or multipart/form-data with pictures as media.
georeport-not-utf8 = The text is not in the charset that the call names.
georeport-not-utf8-try = Send UTF-8, or name the charset: Content-Type: application/x-www-form-urlencoded; charset=gb18030.
georeport-too-many = More than { $most } arguments came with one call.
georeport-too-many-try = Send only the attributes that the service asks for.
georeport-too-long = The argument { $name } is longer than { $most } characters.
georeport-too-long-try = Shorten it.

georeport-key-needed = This call needs the key of a partner.
georeport-key-needed-try = Send it as api_key; the desk of the area gives keys.
georeport-no-jurisdiction = The jurisdiction_id provided was not found.
georeport-no-jurisdiction-try = Use the code of a county, subdistrict or community in force, or leave it out.
georeport-no-service = The service_code provided was not found.
georeport-no-service-try = services.json lists all of them.
georeport-service-missing = The service_code was not provided.
georeport-service-missing-try = Choose one from services.json.
georeport-no-request = There is no such request in public, nor by this token.
georeport-no-request-try = Check it. What is nobody else's matter is known only by its token, or to the partner that sent it.

georeport-no-place = It was not said where.
georeport-no-place-try = Send lat and long, or address_string, or address_id.
georeport-half-a-point = A point needs both lat and long.
georeport-half-a-point-try = Send both in degrees of WGS 84, or neither.
georeport-no-address-id = There is no door and no area with this address_id.
georeport-no-address-id-try = Use the code on a door, or the code of a community.
georeport-bad-date = { $name } is no date.
georeport-bad-date-try = Write it like 2026-03-08T09:30:00+08:00, between the years 2000 and 2100.
georeport-bad-number = { $name } must be a number from { $least } to { $most }.
georeport-bad-number-try = Correct it, or leave it out.
georeport-backwards = start_date lies after end_date.
georeport-backwards-try = Exchange them.
georeport-long-span = One call covers { $days } days at most.
georeport-long-span-try = Ask for { $days } days at a time.
georeport-many-ids = More than { $most } numbers were asked for at once.
georeport-many-ids-try = Ask for fewer at a time.
georeport-no-status = There is no status “{ $status }”.
georeport-no-status-try = Ask for open, closed, or both with a comma.

georeport-bad-attribute = “{ $name }” is no attribute.
georeport-bad-attribute-try = Write attribute[code]=value, with the codes of this service's definition.
georeport-unknown-attribute = This service does not ask for “{ $name }”.
georeport-one-value = “{ $name }” takes one value.
georeport-many-pictures = { $most } pictures at most come with one request.
georeport-many-pictures-try = Send the clearest ones.
georeport-number-missing = The service_request_id was not provided.
georeport-number-missing-try = Send the number of the request that this is about.
georeport-words-missing = An update needs a description.
georeport-words-missing-try = Send what there is to say about it.
georeport-bad-update = The update_id is too long or holds signs that cannot be read.
georeport-bad-update-try = Send at most 64 characters.
