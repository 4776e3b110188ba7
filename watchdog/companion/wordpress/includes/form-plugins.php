<?php
/**
 * What form plugins say of a submission, at the last moment before they mail it.
 *
 * Each reader is given what the plugin's own hook is given, and returns the plugin's
 * name, the form's number and what was filled in; or null where there is nothing to record.
 */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

/** Contact Form 7: wpcf7_before_send_mail. */
function read_cf7($form, $abort = false, $submission = null): ?array
{
    $submission = $submission ?: \WPCF7_Submission::get_instance();
    return ['system' => 'cf7', 'form' => $form->id(), 'fields' => fields_of($submission->get_posted_data())];
}

/** Contact Form 7: wpcf7_submit; what is held for spam is never mailed. */
function read_cf7_spam($form, $result = []): ?array
{
    $is_spam = ($result['status'] ?? '') === 'spam';
    return $is_spam ? read_cf7($form) + ['is_spam' => true] : null;
}

/** WPForms: wpforms_process_entry_saved; also where Lite saves nothing. */
function read_wpforms($fields, $entry, $form): ?array
{
    $read = [];
    foreach ($fields as $id => $one) {
        $label = (string) ($one['name'] ?? '');
        $read[] = field("field-$id", $one['value'] ?? '', $label, (string) ($one['type'] ?? ''));
    }
    return ['system' => 'wpforms', 'form' => $form['id'] ?? '', 'fields' => $read];
}

/** Fluent Forms: fluentform/before_insert_submission. */
function read_fluent($row, $sent = [], $form = null): ?array
{
    return [
        'system' => 'fluentform',
        'form' => $row['form_id'] ?? '',
        'fields' => fields_of((array) json_decode($row['response'] ?? '[]', true)),
        'is_spam' => ($row['status'] ?? '') === 'spam',
    ];
}

/** Ninja Forms: ninja_forms_submission_actions; what was filled in is valid by then. */
function read_ninja($actions, $form, $sent = []): ?array
{
    $read = [];
    foreach ($form['fields'] ?? [] as $one) {
        $about = is_object($one) ? $one->get_settings() : ($one['settings'] ?? []);
        $id = is_object($one) ? $one->get_id() : ($one['id'] ?? '');
        $value = $sent['fields'][$id]['value'] ?? ($about['value'] ?? '');
        $type = (string) ($about['type'] ?? '');
        if (!in_array($type, ['submit', 'html', 'hr'], true)) {
            $name = (string) ($about['key'] ?? $id);
            $read[] = field($name, $value, (string) ($about['label'] ?? ''), $type);
        }
    }
    return ['system' => 'ninja', 'form' => $sent['id'] ?? '', 'fields' => $read];
}

/** Formidable: frm_after_create_entry, before its own actions at priority 20. */
function read_formidable($entry, $form, $about = []): ?array
{
    if (!empty($about['is_child'])) {
        return null;
    }
    $values = \FrmEntry::getOne($entry, true)->metas;
    $read = [];
    foreach (\FrmField::get_all_for_form($form) as $one) {
        $value = texts_in($values[$one->id] ?? '');
        $read[] = field($one->field_key, $value, $one->name, $one->type);
    }
    return ['system' => 'formidable', 'form' => $form, 'fields' => $read];
}

/**
 * Returns the texts of a serialized array; anything else as it is.
 *
 * Formidable keeps what a visitor typed as it was typed: WordPress's own
 * maybe_unserialize() would make any object of it that he asks for.
 *
 * @param mixed $value
 * @return mixed
 */
function texts_in($value)
{
    if (!is_string($value) || strncmp($value, 'a:', 2) !== 0) {
        return $value;
    }
    $texts = @unserialize($value, ['allowed_classes' => false]);
    return is_array($texts) ? $texts : $value;
}

/** Forminator: forminator_custom_form_submit_before_set_fields. */
function read_forminator($entry, $form, $fields): ?array
{
    if (in_array($entry->status ?? '', ['draft', 'abandoned'], true)) {
        return null;
    }
    $read = [];
    foreach ($fields as $one) {
        $name = (string) ($one['name'] ?? '');
        $read[] = field($name, $one['value'] ?? '', '', (string) ($one['field_type'] ?? strtok($name, '-')));
    }
    $is_spam = ($entry->status ?? '') === 'spam';
    return ['system' => 'forminator', 'form' => $form, 'fields' => $read, 'is_spam' => $is_spam];
}

/** Everest Forms: everest_forms_entry_email, which asks whether to mail. */
function read_everest($is_wanted, $fields, $entry, $form): ?array
{
    $read = [];
    foreach ($fields as $id => $one) {
        $label = $one['name'] ?? ($one['value']['name'] ?? '');
        $name = (string) ($one['meta_key'] ?? $id);
        $read[] = field($name, $one['value'] ?? '', (string) $label, (string) ($one['type'] ?? ''));
    }
    return ['system' => 'everest', 'form' => $form['id'] ?? '', 'fields' => $read];
}

/** Gravity Forms: gform_entry_created; its mails may be sent by a task in the background. */
function read_gravity($entry, $form): ?array
{
    $read = [];
    foreach ($form['fields'] ?? [] as $one) {
        foreach ($one->inputs ?: [['id' => $one->id, 'label' => $one->label]] as $input) {
            $value = $entry[(string) $input['id']] ?? '';
            $read[] = field((string) $input['id'], $value, (string) $input['label'], (string) $one->type);
        }
    }
    $is_spam = ($entry['status'] ?? '') === 'spam';
    $about = ['is_spam' => $is_spam, 'is_mailed_later' => true];
    return ['system' => 'gravity', 'form' => $form['id'] ?? '', 'fields' => $read] + $about;
}

/** SureForms: srfm_before_submission. */
function read_sureforms($sent): ?array
{
    $fields = fields_of($sent['data'] ?? []);
    return ['system' => 'sureforms', 'form' => $sent['form_id'] ?? '', 'fields' => $fields];
}
