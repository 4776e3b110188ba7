<?php
/** Our two tables: made when they are not there yet, kept small. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const VERSION = '1';
const VERSION_OPTION = 'contact_watchdog_tables';
const DAILY = 'contact_watchdog_daily';
const MOST_ROWS = 20000;

function submissions_table(): string
{
    return $GLOBALS['wpdb']->prefix . 'contact_watchdog_submissions';
}

function nonces_table(): string
{
    return $GLOBALS['wpdb']->prefix . 'contact_watchdog_nonces';
}

/**
 * Makes what is not there yet, for whom activation did not: the other sites of a network,
 * and sites where an uploaded plugin replaced an older one.
 */
function install_once(): void
{
    if (get_option(VERSION_OPTION) !== VERSION) {
        install();
    }
}

/** Makes the tables and the daily task. */
function install(): void
{
    global $wpdb;
    $kind = $wpdb->get_charset_collate();
    $nonces = nonces_table();
    $submissions = submissions_table();
    $made = ask(static fn() => $wpdb->query("CREATE TABLE IF NOT EXISTS $nonces (
        nonce char(32) NOT NULL PRIMARY KEY,
        seen_at bigint NOT NULL,
        KEY seen_at (seen_at)
    ) $kind"));
    $made = $made && ask(static fn() => $wpdb->query("CREATE TABLE IF NOT EXISTS $submissions (
        id bigint unsigned NOT NULL AUTO_INCREMENT PRIMARY KEY,
        submitted_at datetime NOT NULL,
        form_system varchar(32) NOT NULL,
        form varchar(100) NOT NULL,
        page varchar(500) NOT NULL,
        fields mediumtext NOT NULL,
        is_spam tinyint NOT NULL,
        is_test tinyint NOT NULL,
        mail varchar(8) NOT NULL DEFAULT 'unknown',
        mail_error varchar(500) NOT NULL DEFAULT '',
        mail_to varchar(500) NOT NULL DEFAULT '',
        KEY submitted_at (submitted_at)
    ) $kind"));
    if ($made) {
        update_option(VERSION_OPTION, VERSION);
    }
    if (!wp_next_scheduled(DAILY)) {
        wp_schedule_event(time() + HOUR_IN_SECONDS, 'daily', DAILY);
    }
}

/** Forgets what is older than the owner wants to keep, and the oldest of far too many. */
function forget_old(): void
{
    global $wpdb;
    $table = submissions_table();
    $oldest = gmdate('Y-m-d H:i:s', time() - DAY_IN_SECONDS * (int) settings()['keep_days']);
    $old = $wpdb->prepare("DELETE FROM $table WHERE submitted_at < %s", $oldest);
    ask(static fn() => $wpdb->query($old));
    $newest = (int) ask(static fn() => $wpdb->get_var("SELECT MAX(id) FROM $table"));
    $far_too_many = $wpdb->prepare("DELETE FROM $table WHERE id <= %d", $newest - MOST_ROWS);
    ask(static fn() => $wpdb->query($far_too_many));
}

/** What other plugins may still want to know of their own last statement. */
const REMEMBERED = ['insert_id', 'last_error', 'last_query', 'last_result', 'num_rows', 'rows_affected'];

/**
 * Runs a statement of ours in the middle of others' work: nothing of it is seen afterwards,
 * and what goes wrong is never printed into a visitor's page.
 *
 * @return mixed what `$statement` returns
 */
function ask(callable $statement)
{
    global $wpdb;
    $was_silent = $wpdb->suppress_errors(true);
    $before = [];
    foreach (REMEMBERED as $name) {
        $before[$name] = $wpdb->$name;
    }
    try {
        return $statement();
    } finally {
        foreach ($before as $name => $value) {
            $wpdb->$name = $value;
        }
        $wpdb->suppress_errors($was_silent);
    }
}
