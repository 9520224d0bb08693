"""体检: what is wrong with an installation is found and comes with the remedy."""

from pathlib import Path

from zhike.project.tests.programs import zhike

NOWHERE = "postgresql://zhike@127.0.0.1:1/zhike"


def test_a_fresh_data_folder_lacks_its_tables(tmp_path: Path) -> None:
    shown = zhike(tmp_path, "doctor")
    assert shown.returncode == 1
    assert "[正常] PostgreSQL 18." in shown.stdout
    assert "[正常] 数据库排序规则" in shown.stdout
    assert "项升级未执行；请运行 zhike migrate" in shown.stdout


def test_a_server_nobody_answers_at_is_an_error(tmp_path: Path) -> None:
    shown = zhike(tmp_path, "doctor", DATABASE_URL=NOWHERE)
    assert shown.returncode == 1
    assert "[错误] 数据库：连接不上数据库" in shown.stdout


def test_careless_settings_are_found_all_at_once(tmp_path: Path) -> None:
    careless = {
        "ZHIKE_SECRET_KEY": "short",
        "ZHIKE_HOST": "0.0.0.0",
        "ZHIKE_TRUSTED_ORIGINS": "https://crm.example.com",
        "ZHIKE_DEBUG": "1",
    }
    shown = zhike(tmp_path, "doctor", DATABASE_URL=NOWHERE, **careless).stdout
    assert "[错误] 签名密钥：ZHIKE_SECRET_KEY 少于 32 个字符，容易被猜到" in shown
    assert "[注意] 访问域名：服务器对外监听，请用 ZHIKE_ALLOWED_HOSTS 写明域名" in shown
    assert "[错误] 加密连接：ZHIKE_TRUSTED_ORIGINS 是 https 地址，请同时设置 ZHIKE_HTTPS=1" in shown
    assert "[错误] 调试模式：ZHIKE_DEBUG=1 会向访客显示内部细节；正式使用时请去掉" in shown


def test_a_password_that_would_travel_in_the_open_is_found(tmp_path: Path) -> None:
    shown = zhike(tmp_path, "doctor", DATABASE_URL=NOWHERE, ZHIKE_HOST="0.0.0.0").stdout
    assert "[注意] 加密连接：密码会以明文经过网络" in shown


def test_a_secret_others_can_read_is_found(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("x" * 60)
    (tmp_path / "secret_key").chmod(0o644)
    shown = zhike(tmp_path, "doctor", DATABASE_URL=NOWHERE).stdout
    assert f"[错误] 签名密钥：其他用户可以读取 {tmp_path / 'secret_key'}；请运行 chmod 600" in shown
