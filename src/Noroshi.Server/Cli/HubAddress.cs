using System.CommandLine;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Noroshi.Server.Cli;

/// <summary>Where a hub is and with which key it is called: the same options for every verb that is a client.</summary>
internal sealed class HubAddress
{
    private readonly Speech _speech;

    public HubAddress(Speech speech)
    {
        _speech = speech;
        Server = new Option<string>("--server")
        {
            HelpName = "U",
            DefaultValueFactory = _ =>
                Environment.GetEnvironmentVariable("NOROSHI_SERVER") is { Length: > 0 } said ? said : "http://127.0.0.1:8080",
            Description = speech[
                "ハブのアドレス(既定: NOROSHI_SERVER または http://127.0.0.1:8080)",
                "address of the hub (default: NOROSHI_SERVER or http://127.0.0.1:8080)"
            ],
        };
        Key = new Option<string?>("--key")
        {
            HelpName = "F",
            Description = speech[
                "APIキー、またはキーを書いたファイル(既定: NOROSHI_KEY)",
                "API key, or a file that holds it (default: NOROSHI_KEY)"
            ],
        };
        Authority = new Option<string?>("--ca")
        {
            HelpName = "F",
            Description = speech["信頼する認証局の証明書(PEM)", "certificate of the CA to trust (PEM)"],
        };
    }

    /// <summary><c>--server</c>.</summary>
    public Option<string> Server { get; }

    /// <summary><c>--key</c>.</summary>
    public Option<string?> Key { get; }

    /// <summary><c>--ca</c>.</summary>
    public Option<string?> Authority { get; }

    /// <summary>Puts the options into a verb.</summary>
    public void AddTo(Command command)
    {
        command.Add(Server);
        command.Add(Key);
        command.Add(Authority);
    }

    /// <summary>A client; null when the options do not make one, which was said then.</summary>
    public HttpClient? Client(ParseResult parsed)
    {
        var said = parsed.GetRequiredValue(Server);
        if (!Uri.TryCreate(said, UriKind.Absolute, out var server) || server.Scheme is not ("http" or "https"))
        {
            return Refuse(
                $"--server はhttp://かhttps://で始まるアドレスです: {said}",
                $"--server is an address with http:// or https://: {said}"
            );
        }

        if (server.Scheme == "http" && !server.IsLoopback)
        {
            return Refuse(
                "平文のHTTPではキーと内容が盗み見られます。https:// を使ってください。",
                "Plain HTTP would show the key and what is sent to the network. Use https://."
            );
        }

        if (KeyOf(parsed.GetValue(Key)) is not { } key)
        {
            return Refuse(
                "APIキーがありません。NOROSHI_KEY か --key で指定してください。",
                "There is no API key: set NOROSHI_KEY or --key."
            );
        }

        var handler = new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(10), AllowAutoRedirect = false };
        if (parsed.GetValue(Authority) is { } file)
        {
            handler.SslOptions.CertificateChainPolicy = Trusting(file);
        }

        var client = new HttpClient(handler) { BaseAddress = server, Timeout = TimeSpan.FromMinutes(10) };
        client.DefaultRequestHeaders.AcceptLanguage.ParseAdd(CultureInfo.CurrentUICulture.TwoLetterISOLanguageName);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    /// <summary>A file is read, so that the key need not stand in the list of processes.</summary>
    private static string? KeyOf(string? said)
    {
        var text =
            said is not null && File.Exists(said) ? File.ReadAllText(said) : said ?? Environment.GetEnvironmentVariable("NOROSHI_KEY");
        return string.IsNullOrWhiteSpace(text) ? null : text.Trim();
    }

    private static X509ChainPolicy Trusting(string file)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(file);
        return policy;
    }

    private HttpClient? Refuse(string ja, string en)
    {
        Console.Error.WriteLine(TerminalText.Escape(_speech[ja, en]));
        return null;
    }
}
