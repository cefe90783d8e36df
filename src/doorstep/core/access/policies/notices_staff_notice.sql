-- What the holders of posts are told goes out by the machine; nobody else reads or writes it.
CREATE POLICY machine ON notices_staff_notice TO door_worker USING (true);
GRANT SELECT, INSERT, UPDATE ON notices_staff_notice TO door_worker;
