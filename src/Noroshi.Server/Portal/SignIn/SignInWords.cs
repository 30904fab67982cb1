using Noroshi.Hub;

namespace Noroshi.Server.Portal.SignIn;

/// <summary>Words of signing in.</summary>
internal static class SignInWords
{
    public static readonly Words Title = new("サインイン", "Sign in");
    public static readonly Words Explained = new(
        "標的型攻撃メールの情報を提供・共有するための画面です。利用者名とパスワードを入力してください。",
        "Here members provide and share information about targeted-attack mail. Enter your user name and password."
    );
    public static readonly Words Name = new("利用者名", "User name");
    public static readonly Words Password = new("パスワード", "Password");
    public static readonly Words Enter = new("サインインする", "Sign in");
    public static readonly Words Lost = new(
        "利用者名やパスワードが分からないときは、自組織の管理者に招待の再発行を依頼してください。",
        "If you do not know them, ask the administrator of your organisation for a new invitation."
    );
    public static readonly Words DemoHelp = new(
        "デモでは、noroshi demo を実行した端末に表示されたリンクからサインインします。リンクは1回限り、60分間有効です。",
        "In the demo, sign in with a link that the terminal running noroshi demo shows. Each works once, for 60 minutes."
    );
    public static readonly Words FactorTitle = new("第二要素の確認", "Second factor");
    public static readonly Words FactorExplained = new(
        "認証アプリに表示されている6桁のコードを入力してください。",
        "Enter the six digits that your authenticator shows."
    );
    public static readonly Words Code = new("コード", "Code");
    public static readonly Words Recovery = new(
        "コードの代わりに回復コード(16文字)も使えます。",
        "A recovery code of 16 characters works, too."
    );
    public static readonly Words Confirm = new("確認する", "Confirm");
    public static readonly Words NoFactor = new(
        "この役割では第二要素が必要ですが、まだ登録されていません。APIの POST /api/v1/me/authenticator で認証アプリを登録してから、もう一度サインインしてください。",
        "This role needs a second factor, and none is set up. Set an authenticator up with POST /api/v1/me/authenticator of the API, then sign in again."
    );
}
