<?php
/** The memory by which a signed header is good for one use. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const NONCE_SECONDS = 600;

/**
 * Takes a nonce, and says whether nobody has taken it before.
 *
 * The database decides, by the primary key: of many requests at once with one nonce,
 * one wins.  Where it cannot be asked, nobody does.
 */
function take_nonce(string $nonce, int $now): bool
{
    global $wpdb;
    $table = nonces_table();
    $forget = $wpdb->prepare("DELETE FROM $table WHERE seen_at < %d", $now - NONCE_SECONDS);
    $take = $wpdb->prepare("INSERT IGNORE INTO $table (nonce, seen_at) VALUES (%s, %d)", $nonce, $now);
    ask(static fn() => $wpdb->query($forget));
    return ask(static fn() => $wpdb->query($take)) === 1;
}
