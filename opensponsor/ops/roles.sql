-- The roles of one OpenSponsor database. Run by a superuser inside that database; running it again changes nothing.
-- Passwords of app_owner and app_rw are set apart from this file.
--
--   app_owner     owns every table and migrates; row security binds it too
--   app_rw        what the web and the jobs log in as; owns nothing, and steps into one of the next three inside a transaction
--   app_one       a user of a single organisation
--   app_national  a national body, which reads by nation
--   app_ingest    feeds and system jobs, all rows
--   app_runtime   holds the table privileges of the four above
--   app_audit     owns the functions that write and seal history
--   app_search    owns the functions that search across organisations

DO $roles$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['app_owner', 'app_rw', 'app_one', 'app_national', 'app_ingest', 'app_runtime', 'app_audit', 'app_search'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) THEN
            EXECUTE format('CREATE ROLE %I', name);
        END IF;
        EXECUTE format('ALTER ROLE %I %s NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION', name,
                       CASE WHEN name IN ('app_owner', 'app_rw') THEN 'LOGIN' ELSE 'NOLOGIN' END);
    END LOOP;
    EXECUTE format('ALTER DATABASE %I OWNER TO app_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO app_rw', current_database());
    EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO app_ingest', current_database());
END
$roles$;

CREATE EXTENSION IF NOT EXISTS pg_trgm;
CREATE EXTENSION IF NOT EXISTS btree_gist;

REVOKE CREATE ON SCHEMA public FROM PUBLIC;
-- A migration that hands a function to one of the last two lends it CREATE for the moment.
GRANT USAGE ON SCHEMA public TO app_runtime, app_audit, app_search;

GRANT app_runtime TO app_rw, app_one, app_national, app_ingest WITH INHERIT TRUE, SET FALSE;
-- Without INHERIT FALSE app_rw would have the policies of these roles, which let more rows through, all the time.
GRANT app_one, app_national, app_ingest TO app_rw WITH INHERIT FALSE, SET TRUE;
GRANT app_ingest, app_audit, app_search TO app_owner WITH INHERIT FALSE, SET TRUE;

ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE app_owner IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app_runtime;

-- A time-out of a role counts at log-in, not when stepping into it: a long job raises its own with SET LOCAL.
ALTER ROLE app_rw SET statement_timeout = '5s';
ALTER ROLE app_rw SET lock_timeout = '2s';
ALTER ROLE app_rw SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE app_owner SET statement_timeout = 0;
ALTER ROLE app_owner SET lock_timeout = '10s';
ALTER ROLE app_owner SET idle_in_transaction_session_timeout = '10min';
