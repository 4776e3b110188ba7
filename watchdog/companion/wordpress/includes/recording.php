<?php
/** At which hook of which plugin a submission is recorded: after it is valid, before it is mailed. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const READERS = [
    'wpcf7_before_send_mail' => 'read_cf7',
    'wpcf7_submit' => 'read_cf7_spam',
    'wpforms_process_entry_saved' => 'read_wpforms',
    'fluentform/before_insert_submission' => 'read_fluent',
    'ninja_forms_submission_actions' => 'read_ninja',
    'frm_after_create_entry' => 'read_formidable',
    'forminator_custom_form_submit_before_set_fields' => 'read_forminator',
    'everest_forms_entry_email' => 'read_everest',
    'gform_entry_created' => 'read_gravity',
    'srfm_before_submission' => 'read_sureforms',
    'elementor_pro/forms/record/actions_before' => 'read_elementor',
    'metform_before_store_form_data' => 'read_metform',
    'kadence_blocks_advanced_form_submission' => 'read_kadence',
    'grunion_after_feedback_post_inserted' => 'read_jetpack',
];

function record_forms(): void
{
    foreach (READERS as $hook => $reader) {
        // Fluent Forms' own guards refuse at the same hook, and end the request.
        $priority = $reader === 'read_fluent' ? PHP_INT_MAX : 1;
        watch($hook, static function (...$given) use ($reader): void {
            $form = (__NAMESPACE__ . '\\' . $reader)(...$given);
            if ($form !== null) {
                record($form);
            }
        }, $priority);
    }
}
