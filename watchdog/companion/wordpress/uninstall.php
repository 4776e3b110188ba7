<?php
/** Takes everything of ours away: tables, options, the daily task; on each site of a network. */

defined('WP_UNINSTALL_PLUGIN') || exit;

$contact_watchdog_leave = static function (): void {
    global $wpdb;
    $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}contact_watchdog_submissions");
    $wpdb->query("DROP TABLE IF EXISTS {$wpdb->prefix}contact_watchdog_nonces");
    delete_option('contact_watchdog_tables');
    wp_clear_scheduled_hook('contact_watchdog_daily');
};

if (is_multisite()) {
    foreach (get_sites(['fields' => 'ids', 'number' => 0]) as $contact_watchdog_site) {
        switch_to_blog($contact_watchdog_site);
        $contact_watchdog_leave();
        restore_current_blog();
    }
} else {
    $contact_watchdog_leave();
}
