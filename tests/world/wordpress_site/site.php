<?php
// The router of PHP's own server: every request is for WordPress.
define('WP_USE_THEMES', true);
require __DIR__ . '/settings.php';
require ABSPATH . 'wp-settings.php';
wp();
require ABSPATH . WPINC . '/template-loader.php';
