using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Trust;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

/// <summary>The executable as its users meet it.</summary>
public sealed partial class ServeTests : IDisposable
{
    private readonly Folder _folder = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("docs/guide-hub.md")]
    [InlineData("docs/guide-hub.ja.md")]
    public async Task The_first_five_calls_of_the_guide_give_a_receipt_and_show_the_provision(string guide)
    {
        await using var hub = await HubProcess.StartAsync(_folder["data"]);
        var commands = Block().Match(Repository.Read(guide)).Groups["commands"].Value;
        Calls().Count(commands).ShouldBe(5);
        var said = Bash(commands, ("HUB", hub.Http.ToString().TrimEnd('/')), ("DATA", _folder["data"]));
        said.ShouldContain("\"number\":\"");
        said.ShouldContain("\"provisions\":[{");
        File.Exists(_folder["data/setup-token"]).ShouldBeFalse();
        (await hub.EndAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task It_says_where_it_listens_in_one_line_and_ends_in_order_when_asked()
    {
        await using var hub = await HubProcess.StartAsync(_folder["data"], "--smtp", "127.0.0.1:0");
        hub.Http.Port.ShouldNotBe(0);
        hub.Addresses.GetProperty("https").ValueKind.ShouldBe(JsonValueKind.Null);
        hub.Addresses.GetProperty("smtp").GetString().ShouldStartWith("127.0.0.1:");
        (await hub.EndAsync()).ShouldBe(0);
        hub.Talk.ShouldContain("setup token");
    }

    [Fact]
    public async Task A_folder_in_use_a_missing_and_a_wrong_master_key_are_said_by_name()
    {
        await using (await HubProcess.StartAsync(_folder["data"]))
        {
            Refused(Serve()).ShouldContain("in use");
        }

        File.Move(_folder["data.master-key"], _folder["kept"]);
        Refused(Serve()).ShouldContain("master key is missing");
        File.Exists(_folder["data.master-key"]).ShouldBeFalse();
        Cli.Cli.Run("master-key", "create", _folder["data.master-key"]).Code.ShouldBe(0);
        Refused(Serve()).ShouldContain("sealed with master key");
        File.Move(_folder["kept"], _folder["data.master-key"], overwrite: true);
        await using var again = await HubProcess.StartAsync(_folder["data"]);
    }

    [Fact]
    public async Task A_backup_made_under_load_is_restored_whole_and_what_was_erased_stays_erased()
    {
        string key;
        Guid withdrawn;
        await using (var hub = await HubProcess.StartAsync(_folder["data"]))
        {
            key = await MemberAsync(hub);
            using var client = Client(hub, key);
            withdrawn = (await GiveAsync(client, "withdrawn after the backup")).GetProperty("id").GetGuid();
            using var enough = new CancellationTokenSource();
            var load = Task.Run(
                async () =>
                {
                    for (var i = 0; !enough.IsCancellationRequested; i++)
                    {
                        await GiveAsync(client, $"under load {i}");
                    }
                },
                Stop
            );
            var made = Cli.Cli.Run("backup", _folder["backup"], "--data", _folder["data"], "--json");
            await enough.CancelAsync();
            await load;
            made.Code.ShouldBe(0, made.Error);
            (await client.DeleteAsync($"/api/v1/provisions/{withdrawn}", Stop)).EnsureSuccessStatusCode();
            Cli.Cli.Run("fsck", "--data", _folder["data"]).Out.ShouldContain("clean");
            (await hub.EndAsync()).ShouldBe(0);
        }

        var counts = JsonDocument.Parse(File.ReadAllText(_folder["backup/manifest.json"])).RootElement.GetProperty("counts");
        File.Copy(_folder["data.erasures"], _folder["new.erasures"]);
        var without = Cli.Cli.Run("restore", _folder["backup"], "--data", _folder["new"]);
        without.Code.ShouldBe(1);
        without.Error.ShouldContain("master key is missing");
        Directory.Exists(_folder["new"]).ShouldBeFalse();

        var restored = Cli.Cli.Run(
            "restore",
            _folder["backup"],
            "--data",
            _folder["new"],
            "--master-key",
            _folder["data.master-key"],
            "--json"
        );
        restored.Code.ShouldBe(0, restored.Error);
        var after = restored.Json.GetProperty("counts");
        after.GetProperty("provisions").GetInt64().ShouldBe(counts.GetProperty("provisions").GetInt64());
        after.GetProperty("evidence").GetInt64().ShouldBe(counts.GetProperty("evidence").GetInt64() - 1);
        after.GetProperty("erasedEvidence").GetInt64().ShouldBe(1);

        await using var second = await HubProcess.StartAsync(_folder["new"], "--master-key", _folder["data.master-key"]);
        using var later = Client(second, key);
        using var gone = await later.GetAsync($"/api/v1/provisions/{withdrawn}", Stop);
        gone.StatusCode.ShouldBe(System.Net.HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Submit_goes_on_where_it_was_cut_off_and_its_exit_code_says_how_it_went()
    {
        for (var i = 0; i < 6; i++)
        {
            _folder.Add($"mails/sub/{i}.eml", $"Subject: {i}\r\n\r\ntext");
        }

        _folder.Add("mails/notes.txt", "no mail");
        string[] order;
        await using (var hub = await HubProcess.StartAsync(_folder["data"]))
        {
            var key = await MemberAsync(hub);
            order = ["submit", _folder["mails"], "--organization", "power-a", "--server", hub.Http.ToString(), "--key", key];
            var one = Cli.Cli.Run([.. order.Take(1), _folder["mails/sub/0.eml"], .. order.Skip(2)]);
            one.Code.ShouldBe(0, one.Error);
            var all = Cli.Cli.Run([.. order, "--json"]);
            all.Code.ShouldBe(0, all.Error);
            all.Json.GetProperty("submitted").GetInt32().ShouldBe(5);
            all.Json.GetProperty("repeated").GetInt32().ShouldBe(1);
            Cli.Cli.Run([.. order.Take(3), "power-b", .. order.Skip(4)]).Code.ShouldBe(1);
        }

        Cli.Cli.Run(order).Code.ShouldBe(6);
        Cli.Cli.Run("submit", _folder["nothing"], "--organization", "o", "--key", "k").Code.ShouldBe(3);
        Cli.Cli.Run("submit", _folder["mails"], "--organization", "o", "--key", "k", "--server", "http://192.0.2.1").Code.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_set_ends_the_start_with_words_in_both_languages()
    {
        var en = Cli.Cli.Run("serve", "--data", _folder["data"], "--url", "http://0.0.0.0:0");
        en.Code.ShouldBe(2);
        en.Error.ShouldContain("Use https://");
        var ja = Cli.Cli.Run("serve", "--data", _folder["data"], "--url", "http://0.0.0.0:0", "--lang", "ja");
        ja.Error.ShouldContain("平文のHTTPは使えません");
        Directory.Exists(_folder["data"]).ShouldBeFalse();
    }

    private CliResult Serve() => Cli.Cli.Run("serve", "--data", _folder["data"], "--url", "http://127.0.0.1:0");

    private static string Refused(CliResult result)
    {
        result.Code.ShouldBe(1);
        result.Out.ShouldBeEmpty();
        return result.Error;
    }

    private async Task<string> MemberAsync(HubProcess hub)
    {
        using var client = new HttpClient { BaseAddress = hub.Http };
        var token = (await File.ReadAllTextAsync(_folder["data/setup-token"], Stop)).Trim();
        var setup = await PostAsync(
            client,
            "/api/v1/setup",
            $$$"""{"token":"{{{token}}}","hubNameEn":"Hub","firstKey":true,"administrator":{"userName":"admin","displayName":"A","password":"a-long-one-for-the-test"}}"""
        );
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", setup.GetProperty("key").GetString());
        using var organization = new StringContent("""{"nameEn":"Power A"}""", Encoding.UTF8, "application/json");
        (await client.PutAsync("/api/v1/organizations/power-a", organization, Stop)).EnsureSuccessStatusCode();
        var key = await PostAsync(client, "/api/v1/keys", """{"name":"k","organization":"power-a","scopes":["provide","read"]}""");
        return key.GetProperty("key").GetString() ?? "";
    }

    private static async Task<JsonElement> PostAsync(HttpClient client, string path, string json)
    {
        using var content = new StringContent(json, Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(path, content, Stop);
        answer.EnsureSuccessStatusCode();
        return await FrontTests.JsonAsync(answer);
    }

    private static HttpClient Client(HubProcess hub, string key)
    {
        var client = new HttpClient { BaseAddress = hub.Http };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    private static async Task<JsonElement> GiveAsync(HttpClient client, string text)
    {
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes($"Subject: {text}\r\n\r\n{text}"));
        content.Headers.ContentType = FrontTests.Mail;
        using var answer = await client.PostAsync("/api/v1/provisions", content, Stop);
        answer.EnsureSuccessStatusCode();
        return await FrontTests.JsonAsync(answer);
    }

    private string Bash(string commands, params (string Name, string Value)[] variables)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", commands])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder.Root,
        };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start) ?? throw new InvalidOperationException("bash does not start");
        var error = process.StandardError.ReadToEndAsync(Stop);
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.ShouldBe(0, error.GetAwaiter().GetResult());
        return said;
    }

    [GeneratedRegex(
        "<!-- tested: first-five -->\n```sh\n(?<commands>.*?)```",
        RegexOptions.Singleline | RegexOptions.ExplicitCapture,
        1_000
    )]
    private static partial Regex Block();

    [GeneratedRegex(@"\bcurl -sS", RegexOptions.None, 1_000)]
    private static partial Regex Calls();
}
