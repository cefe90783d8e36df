-- Only whoever migrates.
CREATE POLICY migrating ON django_migrations TO CURRENT_USER USING (true);
