<?php
/** Loads the parts, and hooks each of them in. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

foreach ([
    'safety', 'settings', 'tables', 'nonces', 'exemption', 'guards', 'captchas',
    'keeping-out', 'fields', 'submissions', 'form-plugins', 'form-builders', 'recording',
    'mail', 'other-forms', 'endpoint', 'privacy',
] as $part) {
    // Before PHP 8, what require() does not find ends the whole site.
    if (!is_readable(__DIR__ . "/$part.php")) {
        throw new \RuntimeException("A part is missing: $part");
    }
    require_once __DIR__ . "/$part.php";
}

$main = dirname(__DIR__) . '/contact-watchdog-companion.php';
register_activation_hook($main, static function (): void {
    install();
});
register_deactivation_hook($main, static function (): void {
    wp_clear_scheduled_hook(DAILY);
});
watch('admin_init', static function (): void {
    install_once();
});
watch(DAILY, static function (): void {
    forget_old();
});
watch('plugins_loaded', static function (): void {
    if (is_exempted()) {
        relax_guards();
        answer_for_captchas();
        if (settings()['keep_tests_out']) {
            keep_tests_out();
        }
    }
}, 0);
record_forms();
record_mail();
serve_submissions();
offer_privacy_tools();
