-- Lists that many customers match, at the price of a page (Q7).

-- A partner's own customers are found by a part of a name without looking at those of all the others: the
-- partner stands in the index of the parts. The extension is trusted, as the one for parts is.
CREATE EXTENSION IF NOT EXISTS btree_gin;

-- Texts of one or two letters have no part of three. Each letter of a name and of an address, and each two that
-- follow one another, for the index alone: kept beside the rows they would be longer than all the rest.
CREATE FUNCTION customer_pairs(company text, email text) RETURNS text[]
    -- So dear that it is read from the index, and never computed row by row.
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10000
    RETURN (
        SELECT coalesce(array_agg(DISTINCT substr(name, at, letters)), '{}')
        FROM unnest(ARRAY[company, email]) AS name,
            generate_series(1, char_length(name)) AS at,
            generate_series(1, 2) AS letters
    );

DROP INDEX customers_searched;
CREATE INDEX customers_searched ON customer_periods
    USING gin (partner, company gin_trgm_ops, email gin_trgm_ops, names, looked_after_by, customer_pairs(company, email));
-- To know how common each pair is would mean to compute them for every row that is looked at when samples are taken,
-- which took a minute; no list is found better by it.
ALTER INDEX customers_searched ALTER COLUMN 6 SET STATISTICS 0;

-- A list of some statuses, services or regions, or of what ends soon, is walked along in the order of another column,
-- and may have its first row far behind. What is asked for stands in the index, so that rows of other kinds are
-- passed over without being looked up, which took ten times as long.
DROP INDEX customers_by_company;
CREATE INDEX customers_by_company ON customer_periods (partner, company, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_status;
CREATE INDEX customers_by_status ON customer_periods (partner, by_status, id)
    INCLUDE (valid_from, valid_until, left_list, services, by_region, ends_on);
DROP INDEX customers_by_services;
CREATE INDEX customers_by_services ON customer_periods (partner, by_services, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_life;
CREATE INDEX customers_by_life ON customer_periods (partner, by_life, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_ends;
CREATE INDEX customers_by_ends ON customer_periods (partner, by_ends, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_days_left;
CREATE INDEX customers_by_days_left ON customer_periods (partner, by_days_left, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_licences;
CREATE INDEX customers_by_licences ON customer_periods (partner, by_licences, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_region;
CREATE INDEX customers_by_region ON customer_periods (partner, by_region, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, ends_on);
DROP INDEX customers_by_administrator;
CREATE INDEX customers_by_administrator ON customer_periods (partner, by_administrator, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_in_charge;
CREATE INDEX customers_by_in_charge ON customer_periods (partner, by_in_charge, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
DROP INDEX customers_by_last_change;
CREATE INDEX customers_by_last_change ON customer_periods (partner, by_last_change, id)
    INCLUDE (valid_from, valid_until, left_list, by_status, services, by_region, ends_on);
-- Trials that are closed have no days left, and by these they stand behind all that have: of one status the order has
-- an index of its own.
CREATE INDEX customers_of_status_by_days_left ON customer_periods (partner, by_status, by_days_left, id)
    INCLUDE (valid_from, valid_until, left_list, services, by_region, ends_on);
-- Whether a period holds stands here too.
DROP INDEX customers_that_end;
CREATE INDEX customers_that_end ON customer_periods (partner, ends_on)
    INCLUDE (valid_from, valid_until, left_list) WHERE ends_on IS NOT NULL;
DROP INDEX customers_to_answer;
CREATE INDEX customers_to_answer ON customer_periods (partner, answer_by)
    INCLUDE (valid_from, valid_until, left_list) WHERE answer_by IS NOT NULL;

-- How many rows a search finds decides how it is done, and it is guessed from samples of the names: a hundred of
-- them, the default, guess a name of one in thirty as one in nine.
ALTER TABLE customer_periods ALTER COLUMN company SET STATISTICS 300;
ALTER TABLE customer_periods ALTER COLUMN email SET STATISTICS 300;

-- Only of pages that were swept is an index believed without looking at the table. The default waits until a
-- fifth of all rows has changed.
ALTER TABLE customer_periods SET (
    autovacuum_vacuum_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.02,
    autovacuum_analyze_scale_factor = 0.05
);
