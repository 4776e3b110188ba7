<?php
/** What the forms of page builders, and of Jetpack, say of a submission before they mail it. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** Elementor Pro: elementor_pro/forms/record/actions_before. */
function read_elementor($record): ?array
{
    $read = [];
    foreach ($record->get('fields') ?: [] as $id => $one) {
        $value = $one['value'] ?? '';
        $read[] = field((string) $id, $value, (string) ($one['title'] ?? ''), (string) ($one['type'] ?? ''));
    }
    return ['system' => 'elementor', 'form' => $record->get_form_settings('id'), 'fields' => $read];
}

/** MetForm: metform_before_store_form_data. */
function read_metform($form, $sent): ?array
{
    $filled = array_diff_key((array) $sent, ['action' => true, 'id' => true]);
    return ['system' => 'metform', 'form' => $form, 'fields' => fields_of($filled)];
}

/** Kadence Blocks: kadence_blocks_advanced_form_submission. */
function read_kadence($about, $fields, $form = 0): ?array
{
    $read = [];
    foreach ($fields as $one) {
        $name = (string) ($one['name'] ?? '');
        $label = (string) ($one['label'] ?? '');
        $read[] = field($name, $one['value'] ?? '', $label, (string) ($one['type'] ?? ''));
    }
    return ['system' => 'kadence', 'form' => $form, 'fields' => $read];
}

/** Jetpack: grunion_after_feedback_post_inserted. */
function read_jetpack($post, $fields, $is_spam = false): ?array
{
    $read = [];
    foreach ($fields as $id => $one) {
        $label = (string) $one->get_attribute('label');
        $read[] = field((string) $id, $one->value ?? '', $label, (string) $one->get_attribute('type'));
    }
    $page = wp_get_post_parent_id($post);
    return ['system' => 'jetpack', 'form' => $page, 'fields' => $read, 'is_spam' => $is_spam === true];
}
