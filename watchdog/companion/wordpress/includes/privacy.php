<?php
/** WordPress's own tools under Tools, Export and Erase Personal Data, know our record too. */

namespace ContactWatchdog;

defined('ABSPATH') || exit;

const PRIVACY_PIECE = 100;

function offer_privacy_tools(): void
{
    change('wp_privacy_personal_data_exporters', static function (array $tools) {
        return $tools + ['contact-watchdog' => [
            'exporter_friendly_name' => 'Contact Watchdog Companion',
            'callback' => __NAMESPACE__ . '\\export_person',
        ]];
    });
    change('wp_privacy_personal_data_erasers', static function (array $tools) {
        return $tools + ['contact-watchdog' => [
            'eraser_friendly_name' => 'Contact Watchdog Companion',
            'callback' => __NAMESPACE__ . '\\erase_person',
        ]];
    });
}

function export_person(string $address, int $page = 1): array
{
    $rows = rows_naming($address, $page);
    $told = array_map(static fn($row) => [
        'group_id' => 'contact-watchdog',
        'group_label' => 'Contact form messages',
        'item_id' => "contact-watchdog-{$row->id}",
        'data' => array_map(
            static fn($one) => ['name' => $one['label'] ?: $one['name'], 'value' => $one['value']],
            json_decode($row->fields, true) ?: []
        ),
    ], $rows);
    return ['data' => $told, 'done' => count($rows) < PRIVACY_PIECE];
}

function erase_person(string $address): array
{
    global $wpdb;
    $rows = rows_naming($address, 1);
    foreach ($rows as $row) {
        ask(static fn() => $wpdb->delete(submissions_table(), ['id' => $row->id]));
    }
    return [
        'items_removed' => count($rows),
        'items_retained' => 0,
        'messages' => [],
        'done' => count($rows) < PRIVACY_PIECE,
    ];
}

function rows_naming(string $address, int $page): array
{
    global $wpdb;
    $table = submissions_table();
    // As JSON writes it, and with both quotation marks: part of an address is another's.
    $written = '%' . $wpdb->esc_like((string) json_encode($address)) . '%';
    return (array) ask(static fn() => $wpdb->get_results($wpdb->prepare(
        "SELECT * FROM $table WHERE fields LIKE %s ORDER BY id LIMIT %d OFFSET %d",
        $written,
        PRIVACY_PIECE,
        PRIVACY_PIECE * ($page - 1)
    )));
}
