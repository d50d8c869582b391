-- What the customers list searches, filters, sorts and counts by (Q2 to Q4, Q12).
--
-- A row of the list depends on the instant: a trial expires and closes by the date alone (L11), and no act
-- is stored then. But between two such turns the row stays as it is, so what the list asks for is kept for
-- each of these periods. `valid_from <= now AND now < valid_until` picks the one that holds; that is exact
-- at any instant, also when nothing has been played since. A customer has one period when its trials are
-- over, and at most four more for each that runs.
--
-- It is derived from `customers` in the same transaction, by crates/server/src/store/customers, and can be
-- made anew from it at any time.

-- Searching for a part of a name or an address needs an index of its parts. The extension is trusted:
-- whoever may make tables in the database may switch it on.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

CREATE TABLE customer_periods (
    partner text COLLATE "C" NOT NULL,
    id text COLLATE "C" NOT NULL,
    -- In milliseconds since 1970, as the backend dates everything; the first and the last number there is
    -- stand for no beginning and no end.
    valid_from bigint NOT NULL,
    valid_until bigint NOT NULL,
    -- Whether the customer has left the list (Q11).
    left_list boolean NOT NULL,
    -- By what it is found: name and address in lower case, and ids and numbers that are looked for whole.
    company text COLLATE "C" NOT NULL,
    email text COLLATE "C" NOT NULL,
    names text[] COLLATE "C" NOT NULL,
    -- Who is in charge, '' for nobody, and who else sees it (P9, P2).
    in_charge text COLLATE "C" NOT NULL,
    looked_after_by text[] COLLATE "C" NOT NULL,
    -- The services that are shown, a bit for each.
    services integer NOT NULL,
    interested boolean NOT NULL,
    failed_mails boolean NOT NULL,
    -- Days, counted from 1970: the first end of a trial that runs, the first last day to answer a request
    -- that is not over, and the first by which devices must be back. NULL where there is none.
    ends_on integer,
    answer_by integer,
    return_due integer,
    -- By what the columns of the list are sorted (Q3). What has no value comes last, which is the largest
    -- number and the last character: without NULL a page begins where an index is entered.
    by_status bigint NOT NULL,
    by_services text COLLATE "C" NOT NULL,
    by_life bigint NOT NULL,
    by_ends bigint NOT NULL,
    by_days_left bigint NOT NULL,
    by_licences bigint NOT NULL,
    by_region text COLLATE "C" NOT NULL,
    by_administrator text COLLATE "C" NOT NULL,
    by_in_charge text COLLATE "C" NOT NULL,
    by_last_change bigint NOT NULL,
    CONSTRAINT customer_periods_follow_each_other PRIMARY KEY (partner, id, valid_from)
);

-- A page begins anywhere in the order of any column, at the same price; several of them serve as filters. What
-- tells whether a period holds stands in the index too: the first pages by status are full of trials that
-- will be in grace some day, and to look each of them up in the table took 50 ms for 100,000 customers.
CREATE INDEX customers_by_company ON customer_periods (partner, company, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_status ON customer_periods (partner, by_status, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_services ON customer_periods (partner, by_services, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_life ON customer_periods (partner, by_life, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_ends ON customer_periods (partner, by_ends, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_days_left ON customer_periods (partner, by_days_left, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_licences ON customer_periods (partner, by_licences, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_region ON customer_periods (partner, by_region, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_administrator ON customer_periods (partner, by_administrator, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_in_charge ON customer_periods (partner, by_in_charge, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_by_last_change ON customer_periods (partner, by_last_change, id)
    INCLUDE (valid_from, valid_until, left_list);
CREATE INDEX customers_in_charge ON customer_periods (partner, in_charge)
    INCLUDE (valid_from, valid_until, left_list);
-- What few customers have.
CREATE INDEX customers_that_end ON customer_periods (partner, ends_on) WHERE ends_on IS NOT NULL;
CREATE INDEX customers_to_answer ON customer_periods (partner, answer_by) WHERE answer_by IS NOT NULL;
CREATE INDEX customers_with_devices ON customer_periods (partner, return_due) WHERE return_due IS NOT NULL;
CREATE INDEX customers_interested ON customer_periods (partner, id) WHERE interested;
CREATE INDEX customers_with_failed_mails ON customer_periods (partner, id) WHERE failed_mails;
-- Whatever else is filtered by is counted without touching the table: everything that a filter asks for stands
-- in this index, and its order leaves out all periods that have not begun. Measured for 100,000 customers, an
-- index of each filter alone took four to eight times as long, because its rows lie scattered.
CREATE INDEX customers_counted ON customer_periods (partner, valid_from)
    INCLUDE (valid_until, left_list, by_status, services, by_region, in_charge, interested, failed_mails, ends_on,
             answer_by, return_due);
-- Search, and who looks after a customer.
CREATE INDEX customers_searched ON customer_periods
    USING gin (company gin_trgm_ops, email gin_trgm_ops, names, looked_after_by);

-- How many customers of each status there are at any instant: the sum of all changes until then. To count a
-- hundred thousand rows would take longer than to show a page of them.
CREATE TABLE customer_counts (
    partner text COLLATE "C" NOT NULL,
    at bigint NOT NULL,
    status bigint NOT NULL,
    left_list boolean NOT NULL,
    change bigint NOT NULL,
    CONSTRAINT customer_counts_change_once_at_an_instant PRIMARY KEY (partner, at, status, left_list)
) WITH (fillfactor = 70);

-- By which way of the program the tables above were derived. Another way derives them anew at its start.
CREATE TABLE customers_derived (
    format bigint NOT NULL
);
