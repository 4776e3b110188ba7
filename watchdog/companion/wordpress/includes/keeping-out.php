<?php
/** Where the owner wants it: signed tests are mailed, but neither stored nor passed on to a CRM. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** Actions of Ninja Forms that answer or mail; its others store, or tell other services. */
const NINJA_ACTIONS = ['email', 'successmessage', 'redirect'];

function keep_tests_out(): void
{
    // Flamingo (with Contact Form 7) stores these outcomes of a submission.
    change('wpcf7_flamingo_submit_if', static fn() => [], PHP_INT_MAX);
    // CFDB7 and Advanced CF7 DB store at this action, by functions of these names.
    watch('wpcf7_before_send_mail', static function (): void {
        remove_action('wpcf7_before_send_mail', 'cfdb7_before_send_mail');
        remove_action('wpcf7_before_send_mail', 'vsz_cf7_before_send_email');
    }, PHP_INT_MIN);
    change('wpforms_entry_save', static fn() => false, PHP_INT_MAX);
    change('everest_forms_entry_save', static fn() => false, PHP_INT_MAX);
    change('ninja_forms_submission_actions', static function (array $actions) {
        return array_filter($actions, static fn($action) => in_array(
            $action['settings']['type'] ?? '',
            NINJA_ACTIONS,
            true
        ));
    }, PHP_INT_MAX);
    // Feeds of Fluent Forms and of Gravity Forms' add-ons: newsletters, CRM, chats.
    change('fluentform/global_notification_active_types', static function (array $types) {
        return array_filter($types, static fn($type) => $type === 'email_notifications');
    }, PHP_INT_MAX);
    change('gform_addon_pre_process_feeds', static fn() => [], PHP_INT_MAX);
}
