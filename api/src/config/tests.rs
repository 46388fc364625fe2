use super::*;

fn environment(pairs: &'static [(&'static str, &'static str)]) -> Settings {
    Settings::from_environment(|name| {
        pairs
            .iter()
            .find(|(n, _)| *n == name)
            .map(|(_, v)| (*v).to_owned())
    })
}

#[test]
fn nothing_set_means_everything_embedded_on_loopback_in_production_mode() {
    let config = environment(&[]).check().unwrap();
    assert!(config.listen.ip().is_loopback() && config.is_embedded);
    assert_eq!(config.mode, Mode::Production);
    assert!(matches!(config.objects, ObjectsConfig::Folder(_)));
    assert_eq!(
        config.mail_kept,
        TimeDelta::days(7),
        "as the page of settings says"
    );
}

#[test]
fn all_problems_are_told_at_once_and_no_secret_is_among_them() {
    let error = environment(&[
        ("LIANGXIN_LISTEN", "8080"),
        ("DATABASE_URL", "mysql://root:hunter2@db"),
        ("S3_BUCKET", "b"),
        ("SMTP_URL", "http://hunter2"),
        ("LIANGXIN_MODE", "prod"),
        ("LIANGXIN_SECOND_FACTOR", "yes"),
        ("AWS_SECRET_ACCESS_KEY", "hunter2"),
    ])
    .check()
    .unwrap_err();
    assert_eq!(error.0.len(), 6, "{error}");
    assert!(!error.to_string().contains("hunter2"));
}

#[test]
fn the_outside_reaches_the_server_at_a_host_of_its_own() {
    let with = |url: &str| {
        let settings = Settings {
            public_url: Some(url.to_owned()),
            ..Settings::default()
        };
        settings.check().map(|config| config.public_url.unwrap())
    };
    for url in ["https://liangxin.example", "https://liangxin.example:8443/"] {
        assert_eq!(with(url).unwrap(), url.trim_end_matches('/'));
    }
    for url in [
        "https://gov.example/liangxin",
        "https://gov.example/liangxin/",
        "https://gov.example?x=1",
        "https://gov.example/#x",
        "https://",
        "gov.example",
    ] {
        let problems = with(url).unwrap_err().0;
        assert_eq!(problems.len(), 1, "{url}");
        assert!(
            problems[0].starts_with("LIANGXIN_PUBLIC_URL"),
            "{problems:?}"
        );
    }
}

#[test]
fn the_command_line_wins_over_the_environment_over_the_file() {
    let file: Settings =
        toml::from_str("listen = \"1.1.1.1:1\"\nmode = \"development\"\nkeys = \"k\"").unwrap();
    let line = Settings {
        listen: Some("3.3.3.3:3".to_owned()),
        ..Settings::default()
    };
    let config = line
        .or(environment(&[
            ("LIANGXIN_LISTEN", "2.2.2.2:2"),
            ("LIANGXIN_KEYS", "e"),
        ]))
        .or(file)
        .check()
        .unwrap();
    assert_eq!(config.listen.to_string(), "3.3.3.3:3");
    assert_eq!(config.keys, PathBuf::from("e"));
    assert_eq!(config.mode, Mode::Development);
}

#[test]
fn an_unknown_key_in_the_file_is_an_error() {
    assert!(toml::from_str::<Settings>("databse_url = \"x\"").is_err());
}

#[test]
fn a_reserve_of_the_disk_is_a_number_of_megabytes_and_a_thousand_if_nothing_is_said() {
    let reserve = |said: &'static [(&'static str, &'static str)]| {
        environment(said).check().map(|it| it.disk_reserve_bytes)
    };
    assert_eq!(reserve(&[]).unwrap(), 1_000_000_000);
    assert_eq!(
        reserve(&[("LIANGXIN_DISK_RESERVE", "4")]).unwrap(),
        4_000_000
    );
    for wrong in [
        &[("LIANGXIN_DISK_RESERVE", "-1")],
        &[("LIANGXIN_DISK_RESERVE", "1 GB")],
        &[("LIANGXIN_DISK_RESERVE", "1.5")],
        &[("LIANGXIN_DISK_RESERVE", "99999999999999999999")],
    ] {
        let ConfigError(problems) = reserve(wrong).unwrap_err();
        assert!(
            problems[0].starts_with("LIANGXIN_DISK_RESERVE"),
            "{problems:?}"
        );
    }
}

#[test]
fn photos_that_nobody_took_in_are_bounded_by_a_number_of_gigabytes_and_twenty_if_nothing_is_said() {
    let most = |said: &'static [(&'static str, &'static str)]| {
        environment(said)
            .check()
            .map(|it| it.unaccepted_photo_bytes)
    };
    assert_eq!(most(&[]).unwrap(), 20_000_000_000);
    assert_eq!(most(&[("LIANGXIN_UNACCEPTED_PHOTOS", "0")]).unwrap(), 0);
    for wrong in [
        &[("LIANGXIN_UNACCEPTED_PHOTOS", "many")],
        &[("LIANGXIN_UNACCEPTED_PHOTOS", "99999999999999999999")],
    ] {
        let ConfigError(problems) = most(wrong).unwrap_err();
        assert!(
            problems[0].starts_with("LIANGXIN_UNACCEPTED_PHOTOS"),
            "{problems:?}"
        );
    }
}
