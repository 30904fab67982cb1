using Noroshi.Hub.Intake;
using Noroshi.Server.Judgement;
using Noroshi.Server.Notices;
using Noroshi.Server.Reports;
using Noroshi.Server.Sharing;
using Noroshi.Server.Sharing.Delivery;

namespace Noroshi.Server.Hosting.Options;

/// <summary>
/// Everything that can be set. A group is a record of its own; an option is a property with a default and an
/// <see cref="OptionDocAttribute"/>: reading, checking and the reference (docs/configuration.md) follow from that.
/// </summary>
internal sealed record HubOptions
{
    /// <summary>HTTP.</summary>
    public HttpOptions Http { get; init; } = new();

    /// <summary>TLS.</summary>
    public TlsOptions Tls { get; init; } = new();

    /// <summary>The way in by mail.</summary>
    public SmtpListenOptions Smtp { get; init; } = new();

    /// <summary>The hub's own mail.</summary>
    public NoticeOptions Notices { get; init; } = new();

    /// <summary>How long providers have to answer.</summary>
    public SharingOptions Sharing { get; init; } = new();

    /// <summary>What stands at the foot of reports.</summary>
    public ReportOptions Reports { get; init; } = new();

    /// <summary>How members hear of what was shared.</summary>
    public DeliveryOptions Delivery { get; init; } = new();

    /// <summary>Limits.</summary>
    public LimitOptions Limits { get; init; } = new();

    /// <summary>Numbers that suggest a verdict.</summary>
    public RulesOptions Rules { get; init; } = new();

    /// <summary>Terms.</summary>
    public RetentionOptions Retention { get; init; } = new();

    /// <summary>Logs.</summary>
    public LogOptions Log { get; init; } = new();

    /// <summary>Accounts.</summary>
    public AccountListOptions Accounts { get; init; } = new();
}

/// <summary>HTTP.</summary>
internal sealed record HttpOptions
{
    [OptionDoc(
        "待ち受けるアドレス。複数は「;」で区切る。平文のHTTPはループバックか Http:Proxies の背後だけで使える。ポート0は空きポート。",
        "Addresses to listen on, with ; between them. Plain HTTP on loopback or behind Http:Proxies only. Port 0 takes a free one."
    )]
    public string Url { get; init; } = "http://127.0.0.1:8080";

    [OptionDoc(
        "前段のプロキシのIPアドレスまたは範囲(192.0.2.0/24)。転送ヘッダーはここからのものだけを信じる。",
        "IP addresses or ranges (192.0.2.0/24) of proxies in front. Forwarded headers are believed from these only."
    )]
    public IReadOnlyList<string> Proxies { get; init; } = [];

    [OptionDoc("同時接続数の上限。", "Most connections at the same time.", From = 1, To = 1_000_000)]
    public int MostConnections { get; init; } = 5_000;

    [OptionDoc(
        "1つのアドレスが1秒に行える要求数(短時間はその2倍まで)。超えた要求には429で答える。",
        "Requests a second of one address (twice as many for a moment). What is above gets 429.",
        From = 1,
        To = 1_000_000
    )]
    public int RequestsPerSecond { get; init; } = 1_000;

    [OptionDoc(
        "要求の本文の最低速度(バイト/秒)。5秒の猶予のあと下回ると切断する。",
        "Slowest rate of a request's body in bytes a second; below it, after 5 seconds of grace, the connection is ended.",
        From = 1,
        To = 1_000_000
    )]
    public int SlowestRate { get; init; } = 240;
}

/// <summary>TLS.</summary>
internal sealed record TlsOptions
{
    [OptionDoc(
        "証明書のPEMファイル(中間証明書を含む)。書き換えると再起動なしに読み直す。",
        "PEM file of the certificate, with intermediate ones. Read again without a restart when it changes."
    )]
    public string? Certificate { get; init; }

    [OptionDoc("秘密鍵のPEMファイル。", "PEM file of the private key.")]
    public string? Key { get; init; }

    [OptionDoc(
        "証明書ファイルがないときに自前の認証局が発行する証明書の名前(ホスト名またはIPアドレス)。localhost とこの機械の名前は常に含む。",
        "Names (host names or IP addresses) in the certificate that the hub's own CA issues when there is no certificate file. localhost and the name of this machine are always in it."
    )]
    public IReadOnlyList<string> Names { get; init; } = [];
}

/// <summary>The way in by mail.</summary>
internal sealed record SmtpListenOptions
{
    [OptionDoc(
        "SMTPを待ち受けるアドレスとポート(例 0.0.0.0:25)。なければ待ち受けない。",
        "Address and port to take mail on (0.0.0.0:25); none: no mail is taken."
    )]
    public string? Listen { get; init; }

    [OptionDoc("SMTPの応答で名乗るホスト名。", "Host name in the SMTP greeting.")]
    public string HostName { get; init; } = "localhost";

    [OptionDoc("受付アドレスのドメイン。", "Domain of the intake addresses.")]
    public string IntakeDomain { get; init; } = "localhost";

    [OptionDoc("TLSなしのメールを断る(530)。", "Refuse mail that does not come under TLS (530).")]
    public bool RequireTls { get; init; }
}

/// <summary>Accounts.</summary>
internal sealed record AccountListOptions
{
    [OptionDoc(
        "漏えいしたパスワードの一覧(UTF-8、1行1件、LC_ALL=C sort -u の順)のパス。載っているパスワードは使えない。",
        "Path of a list of passwords that became known: UTF-8, one a line, in the order of LC_ALL=C sort -u. What stands in it is refused."
    )]
    public string? BreachedPasswords { get; init; }
}

/// <summary>Limits.</summary>
internal sealed record LimitOptions
{
    [OptionDoc("提供の1点の最大バイト数。", "Largest item of a provision in bytes.", From = 65_536, To = 134_217_728)]
    public long ItemBytes { get; init; } = 50 * 1024 * 1024;

    [OptionDoc("1件の提供に含められる点数。", "Most items of one provision.", From = 1, To = 1_000)]
    public int Items { get; init; } = 1_000;

    [OptionDoc("1件の提供全体の最大バイト数。", "Largest provision in bytes, all items together.", From = 65_536, To = 1_073_741_824)]
    public long ProvisionBytes { get; init; } = 200 * 1024 * 1024;

    [OptionDoc(
        "受信中の提供のために同時に使うメモリーの上限(バイト)。超える要求には503で後ほどの再送を求める。",
        "Memory in bytes that provisions on their way may hold at the same time. What finds no room is asked to come again (503).",
        From = 1_048_576,
        To = 1_099_511_627_776
    )]
    public long MemoryBytes { get; init; } = 512L * 1024 * 1024;

    [OptionDoc("1つの組織が1時間に提供できる件数。", "Provisions an hour of one organisation.", From = 1, To = 100_000_000)]
    public int ProvisionsPerHour { get; init; } = 20_000;

    [OptionDoc("1つの組織が1時間に提供できるバイト数。", "Bytes an hour of one organisation.", From = 65_536, To = 1_099_511_627_776)]
    public long BytesPerHour { get; init; } = 20L * 1024 * 1024 * 1024;

    [OptionDoc(
        "1つのAPIキーが1分に行える要求数(キーに別の定めがない場合)。",
        "Requests a minute of one API key, where the key does not say otherwise.",
        From = 1,
        To = 10_000_000
    )]
    public int KeyRequestsPerMinute { get; init; } = 6_000;

    [OptionDoc("1人の利用者が1分に行える要求数。", "Requests a minute of one person.", From = 1, To = 10_000_000)]
    public int UserRequestsPerMinute { get; init; } = 3_000;

    [OptionDoc("同時に開ける通知の流れ(SSE)の数。", "Event streams (SSE) open at the same time.", From = 1, To = 100_000)]
    public int EventStreams { get; init; } = 200;

    [OptionDoc(
        "ディスクの空きがこのバイト数を下回ると /health/ready が準備未完了を返す。",
        "Below this much room on the disk, in bytes, /health/ready says that the hub is not ready.",
        From = 0,
        To = 1_099_511_627_776
    )]
    public long DiskRoomBytes { get; init; } = 512L * 1024 * 1024;
}

/// <summary>Numbers that suggest a verdict. A change judges the whole store anew at the next start, and the journal says so.</summary>
internal sealed record RulesOptions
{
    [OptionDoc(
        "同じメールがこの数以上の宛先(窓口、分からないときは受信者)に届いていれば「ばらまき型」を提案する。変えると次の起動時に全件を判定し直す。",
        "Near-identical mails at so many destinations (windows, or recipients where no window is known) are proposed as mass-mailed. A change judges everything anew at the next start.",
        From = 2,
        To = 1_000
    )]
    public int MassMailedFrom { get; init; } = CommunityRules.Usual.MassMailedFrom;

    [OptionDoc(
        "本文の類似度(%)がこれ以上のメールを、受付一覧で同じメールとしてまとめ、宛先を合わせて数える。変えると次の起動時に全件を判定し直す。",
        "Mails whose texts are alike by so many percent are one row of the intake list, and their destinations are counted together. A change judges everything anew at the next start.",
        From = 50,
        To = 100
    )]
    public int AlikePercent { get; init; } = CommunityRules.Usual.AlikePercent;

    /// <summary>The numbers as the rules take them.</summary>
    public CommunityRules ToRules() => new() { MassMailedFrom = MassMailedFrom, AlikePercent = AlikePercent };
}

/// <summary>Logs.</summary>
internal sealed record LogOptions
{
    [OptionDoc(
        "記録の細かさ。記録は1行1件のJSONで標準エラー出力に書き、メールの中身は決して含まない。",
        "How much is logged: one line of JSON each on stderr, never content of mails.",
        OneOf = "debug|information|warning|error"
    )]
    public string Level { get; init; } = "information";
}
