-- Lists are found among the periods that hold, and not among all that there will be (Q7).
--
-- Three of five periods are still to come, and stood between the others in every index: a list in the order of
-- days left passed over thousands of them before its first row. Now the one period of each customer that was found
-- to hold when somebody looked last has a table of its own, and so have those to come. Whatever has begun since is
-- read beside it, so that a list is exact at any instant; the copy that plays what time brings looks every second.
-- The two are parts of one table, because copies of an older build know only that: what they write counts as to
-- come until somebody looks.

ALTER TABLE customer_periods RENAME TO customer_periods_before;
CREATE TABLE customer_periods (
    -- The columns are those of before. Whatever has one length stands first: it is read from a row without
    -- measuring what stands before it.
    valid_from bigint NOT NULL,
    valid_until bigint NOT NULL,
    by_status bigint NOT NULL,
    by_life bigint NOT NULL,
    by_ends bigint NOT NULL,
    by_days_left bigint NOT NULL,
    by_licences bigint NOT NULL,
    by_last_change bigint NOT NULL,
    services integer NOT NULL,
    left_list boolean NOT NULL,
    interested boolean NOT NULL,
    failed_mails boolean NOT NULL,
    partner text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    by_region text COLLATE "C" NOT NULL,
    in_charge text COLLATE "C" NOT NULL,
    by_in_charge text COLLATE "C" NOT NULL,
    company text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL,
    by_administrator text COLLATE "C" NOT NULL,
    by_services text COLLATE "C" NOT NULL,
    names text[] COLLATE "C" NOT NULL,
    looked_after_by text[] COLLATE "C" NOT NULL,
    ends_on integer,
    answer_by integer,
    return_due integer,
    -- Whether the period was found to hold; false or NULL for one to come.
    present boolean,
    -- Which letters and pairs of letters the name and the address hold, which names there are, and who looks after
    -- the customer: each as a bit or three of 256. A row that lacks a bit of what is asked for is passed over in the
    -- index of an order; one that has them all is looked up.
    signs bit(256)
) PARTITION BY LIST (present);
CREATE TABLE customers_present PARTITION OF customer_periods FOR VALUES IN (true);
CREATE TABLE customers_to_come PARTITION OF customer_periods DEFAULT;
-- Until they are derived anew, which the first copy of this build does.
INSERT INTO customer_periods (
    valid_from, valid_until, by_status, by_life, by_ends, by_days_left, by_licences, by_last_change, services, left_list,
    interested, failed_mails, partner, id, by_region, in_charge, by_in_charge, company, email, by_administrator,
    by_services, names, looked_after_by, ends_on, answer_by, return_due
) SELECT
    valid_from, valid_until, by_status, by_life, by_ends, by_days_left, by_licences, by_last_change, services, left_list,
    interested, failed_mails, partner, id, by_region, in_charge, by_in_charge, company, email, by_administrator,
    by_services, names, looked_after_by, ends_on, answer_by, return_due
FROM customer_periods_before;
DROP TABLE customer_periods_before;
-- The function customer_pairs stays: copies of an older build ask it.

ALTER TABLE customers_to_come ADD CONSTRAINT customer_periods_follow_each_other PRIMARY KEY (partner, id, valid_from);
-- What has begun since somebody looked, most often nothing: of one partner for its lists, and of all for whoever looks.
CREATE INDEX customers_to_come_of_partner ON customers_to_come (partner, valid_from);
CREATE INDEX customers_to_come_of_all ON customers_to_come (valid_from);

ALTER TABLE customers_present ADD CONSTRAINT customers_have_one_present PRIMARY KEY (partner, id)
    INCLUDE (valid_until, left_list);

-- The orders of lists. What is asked for often stands beside, so that rows of other kinds are passed over without
-- being looked up.
CREATE INDEX customers_by_company ON customers_present (partner, company, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_status ON customers_present (partner, by_status, id)
    INCLUDE (valid_until, left_list, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_services ON customers_present (partner, by_services, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_life ON customers_present (partner, by_life, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_ends ON customers_present (partner, by_ends, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_days_left ON customers_present (partner, by_days_left, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_licences ON customers_present (partner, by_licences, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_region ON customers_present (partner, by_region, id)
    INCLUDE (valid_until, left_list, by_status, services, in_charge, ends_on, signs);
CREATE INDEX customers_by_administrator ON customers_present (partner, by_administrator, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_in_charge ON customers_present (partner, by_in_charge, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_by_last_change ON customers_present (partner, by_last_change, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, ends_on, signs);
-- A status goes with time: whoever waits for an answer has no end, what is closed has no days left, and what is over
-- was changed long ago. Rows of one status may stand behind all others in these orders, so there they have their own.
CREATE INDEX customers_of_status_by_life ON customers_present (partner, by_status, by_life, id)
    INCLUDE (valid_until, left_list, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_of_status_by_ends ON customers_present (partner, by_status, by_ends, id)
    INCLUDE (valid_until, left_list, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_of_status_by_days_left ON customers_present (partner, by_status, by_days_left, id)
    INCLUDE (valid_until, left_list, services, by_region, in_charge, ends_on, signs);
CREATE INDEX customers_of_status_by_last_change ON customers_present (partner, by_status, by_last_change, id)
    INCLUDE (valid_until, left_list, services, by_region, in_charge, ends_on, signs);

-- Rows are counted without looking at the table: by what divides customers best, which is their services, their
-- region, and who is in charge. Of one region, and of one person in charge or nobody, rows stand in the order that
-- lists have first.
CREATE INDEX customers_of_services ON customers_present (partner, services, by_status, by_region)
    INCLUDE (valid_until, left_list, in_charge, interested, failed_mails, ends_on, answer_by, return_due);
CREATE INDEX customers_of_region ON customers_present (partner, by_region, by_last_change, id)
    INCLUDE (valid_until, left_list, by_status, services, in_charge, interested, failed_mails, ends_on, answer_by,
             return_due, signs);
CREATE INDEX customers_in_charge ON customers_present (partner, in_charge, by_last_change, id)
    INCLUDE (valid_until, left_list, by_status, services, by_region, interested, failed_mails, ends_on, answer_by,
             return_due, signs);
-- What few customers have.
CREATE INDEX customers_that_end ON customers_present (partner, ends_on)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge) WHERE ends_on IS NOT NULL;
CREATE INDEX customers_to_answer ON customers_present (partner, answer_by)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge) WHERE answer_by IS NOT NULL;
CREATE INDEX customers_with_devices ON customers_present (partner, return_due)
    INCLUDE (valid_until, left_list) WHERE return_due IS NOT NULL;
CREATE INDEX customers_interested ON customers_present (partner, id)
    INCLUDE (valid_until, left_list) WHERE interested;
CREATE INDEX customers_with_failed_mails ON customers_present (partner, id)
    INCLUDE (valid_until, left_list) WHERE failed_mails;

-- A name is found by its parts of one, two and three letters, which stand in the index under the partner's id: so
-- each leads to that partner's customers alone, and a text that short to exactly those that are asked for. The
-- extensions pg_trgm and btree_gin, which did this before, are no longer used.
CREATE FUNCTION customer_parts(partner text, company text, email text) RETURNS text[]
    -- So dear that it is read from the index, and never computed row by row.
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
    RETURN (
        SELECT coalesce(array_agg(DISTINCT partner || '/' || substr(name, at, letters)), '{}')
        FROM unnest(ARRAY[company, email]) AS name,
            generate_series(1, char_length(name)) AS at,
            generate_series(1, 3) AS letters
    );
-- What is added waits in a list that every search reads to its end, so it is kept short.
CREATE INDEX customers_searched ON customers_present
    USING gin (customer_parts(partner, company, email), names, looked_after_by)
    WITH (gin_pending_list_limit = 256);
-- To know how common each part is would mean to compute them for every row that is looked at when samples are taken,
-- which took a minute; no list is found better by it.
ALTER INDEX customers_searched ALTER COLUMN 1 SET STATISTICS 0;
ALTER TABLE customers_present ALTER COLUMN signs SET STATISTICS 0;

-- Only of pages that were swept is an index believed without looking at the table. The default waits until a
-- fifth of all rows has changed.
ALTER TABLE customers_present SET (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.05
);
