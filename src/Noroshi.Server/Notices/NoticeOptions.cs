using Noroshi.Server.Hosting.Options;

namespace Noroshi.Server.Notices;

/// <summary>How the hub's own mail leaves. The relay's password is not here: it is a sealed secret of the store.</summary>
internal sealed record NoticeOptions
{
    /// <summary>Area and name of the relay's password among the store's secrets.</summary>
    public const string SecretArea = "relay";

    /// <summary>Name of the password.</summary>
    public const string SecretName = "password";

    [OptionDoc(
        "送信メールを渡す中継サーバーのホスト名。なければ送信せず、送信待ちのまま保管する。",
        "Host of the relay that the hub's own mail is handed to; none: nothing is sent and everything waits."
    )]
    public string? Relay { get; init; }

    [OptionDoc(
        "中継サーバーのポート。465は最初からTLS、それ以外はSTARTTLS。",
        "Port of the relay: TLS from the first byte on 465, STARTTLS elsewhere.",
        From = 1,
        To = 65_535
    )]
    public int Port { get; init; } = 587;

    [OptionDoc(
        "中継サーバーとの通信にTLSを必須とする。falseにできるのは、この機械上の中継サーバーだけ。",
        "Whether TLS is demanded of the relay; may be false for a relay on this machine only."
    )]
    public bool RequireTls { get; init; } = true;

    [OptionDoc(
        "中継サーバーの利用者名。パスワードは暗号化して保管し、ここには書かない。",
        "User at the relay. The password is a sealed secret and is not written here."
    )]
    public string? User { get; init; }

    [OptionDoc("送信元のメールアドレス。", "Address that the hub's mail comes from.")]
    public string From { get; init; } = "noroshi@hub.invalid";

    [OptionDoc("送信元の表示名。", "Name that is shown beside it.")]
    public string FromName { get; init; } = "Noroshi";

    [OptionDoc(
        "メールに記載する問い合わせ先(電話番号またはメールアドレス)。",
        "Where questions go to, as printed in the mails: a telephone number or an address."
    )]
    public string? Contact { get; init; }

    [OptionDoc("メールの言語。", "Language of the mails.", OneOf = "ja|en")]
    public string Language { get; init; } = "ja";

    [OptionDoc(
        "1つの宛先へ1時間に送る自動メールの上限。超えた分は送らない。",
        "Automatic mails an hour to one address; what is above is not sent.",
        From = 1,
        To = 100_000
    )]
    public int MostPerHour { get; init; } = 240;

    [OptionDoc("配信を試み続ける時間数。", "Hours for which delivery is tried.", From = 1, To = 240)]
    public int GiveUpAfterHours { get; init; } = 48;

    /// <summary>What is wrong; null when nothing is.</summary>
    public string? Problem() =>
        !MailText.IsAddress(From) ? "Notices:From is no mail address. Set it to the address that members know the hub by."
        : Language is not ("ja" or "en") ? "Notices:Language is ja or en."
        : Port is < 1 or > 65_535 ? "Notices:Port lies between 1 and 65535."
        : MostPerHour < 1 ? "Notices:MostPerHour is at least 1."
        : Relay is not null && From.EndsWith(".invalid", StringComparison.OrdinalIgnoreCase)
            ? "Notices:From has to be set when there is a relay."
        : Relay is not null && !RequireTls && Relay is not ("localhost" or "127.0.0.1" or "::1")
            ? "Notices:RequireTls may be off for a relay on this machine only."
        : null;
}
