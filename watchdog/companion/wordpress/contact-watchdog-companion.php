<?php
/**
 * Plugin Name: Contact Watchdog Companion
 * Description: Keeps a record of what visitors write into your contact forms before it is mailed, and lets the signed delivery tests of your own contact-form watchdog past the forms' spam guards.
 * Version: 1.0.0
 * Requires at least: 5.9
 * Requires PHP: 7.4
 * Update URI: false
 * License: GPL-3.0-or-later
 * License URI: https://www.gnu.org/licenses/gpl-3.0.html
 */

// This file is written so that any PHP understands it; the others want 7.4.
if (!defined('ABSPATH')) {
    exit;
}
// Of two copies, as in plugins and in mu-plugins, the second stays out.
$contact_watchdog_is_there = function_exists('ContactWatchdog\\settings');
if (PHP_VERSION_ID >= 70400 && !$contact_watchdog_is_there && is_readable(__DIR__ . '/settings.php')) {
    try {
        require_once __DIR__ . '/includes/start.php';
    } catch (\Throwable $error) {
        // Whatever is wrong with us, the site goes on.
        error_log('Contact Watchdog Companion does not start: ' . get_class($error));
    }
}
