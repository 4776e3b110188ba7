<?php
// Installs WordPress, and makes the page with the form; run once, by the command line.
$_SERVER += ['HTTP_HOST' => '127.0.0.1', 'SERVER_PROTOCOL' => 'HTTP/1.1', 'REQUEST_METHOD' => 'GET'];
define('WP_INSTALLING', true);
require __DIR__ . '/settings.php';
require ABSPATH . 'wp-settings.php';
require ABSPATH . 'wp-admin/includes/upgrade.php';
add_filter('pre_wp_mail', '__return_true'); // No mail about the new site.
wp_install('Linden Garage', 'admin', 'admin@example.test', true, '', wp_generate_password());
foreach (['contact', 'feedback'] as $name) {
    wp_insert_post([
        'post_type' => 'page',
        'post_status' => 'publish',
        'post_title' => ucfirst($name),
        'post_name' => $name,
        'post_content' => "[{$name}_form]",
    ]);
}
$wpdb->query("CREATE TABLE {$wpdb->prefix}db7_forms (
    form_id bigint(20) NOT NULL AUTO_INCREMENT PRIMARY KEY,
    form_post_id bigint(20) NOT NULL,
    form_value longtext NOT NULL,
    form_date datetime NOT NULL
) {$wpdb->get_charset_collate()}");
update_option('timezone_string', 'Europe/Berlin');
update_option('permalink_structure', '/%postname%/');
