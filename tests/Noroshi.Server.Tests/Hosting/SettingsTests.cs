using Noroshi.Hub.Judgement;
using Noroshi.Server.Hosting;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Judgement;
using Noroshi.Server.Tests.Cli;
using Noroshi.Server.Tests.Trust;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Hosting;

public sealed class SettingsTests : IDisposable
{
    private readonly Folder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_command_line_wins_over_the_environment_and_that_over_the_file()
    {
        _folder.Add(
            "noroshi.json",
            """{"Http":{"Url":"http://127.0.0.1:1","MostConnections":7,"RequestsPerSecond":11},"Smtp":{"Listen":"127.0.0.1:2"}}"""
        );
        var settings = Read(
            new ServeFlags { Data = _folder.Root, Url = "http://127.0.0.1:3" },
            ("NOROSHI__HTTP__URL", "http://127.0.0.1:4"),
            ("NOROSHI__HTTP__MOSTCONNECTIONS", "8"),
            ("NOROSHI__HTTP__PROXIES__0", "192.0.2.1")
        );
        settings.Url.ShouldBe("http://127.0.0.1:3");
        settings.Options.Http.MostConnections.ShouldBe(8);
        settings.Options.Http.RequestsPerSecond.ShouldBe(11);
        settings.Options.Http.Proxies.ShouldBe(["192.0.2.1"]);
        settings.Smtp.ShouldBe("127.0.0.1:2");
    }

    [Fact]
    public void Everything_that_is_wrong_is_said_at_once_with_place_allowed_values_and_a_suggestion()
    {
        _folder.Add("noroshi.json", """{"Htpp":{"Url":"x"},"Http":{"MostConnections":0},"Log":{"Level":"loud"}}""");
        var problems = Should.Throw<SettingsException>(() => Read(new ServeFlags { Data = _folder.Root })).Problems;
        problems.Count.ShouldBe(3);
        problems[0].En.ShouldContain("'Htpp:Url'. Is 'Http:Url' meant?");
        problems[1].En.ShouldContain("whole number from 1 to 1000000");
        problems[1].Ja.ShouldContain("1 から 1000000 までの整数");
        problems[2].En.ShouldContain("debug, information, warning, error");
        problems.ShouldAllBe(one => one.En.Contains("noroshi.json"));
    }

    [Fact]
    public void A_key_that_stands_twice_or_a_file_that_is_no_JSON_is_refused()
    {
        _folder.Add("twice.json", """{"Log":{"Level":"debug","Level":"error"}}""");
        _folder.Add("none.json", "Log: debug");
        foreach (var file in new[] { "twice.json", "none.json" })
        {
            Should.Throw<SettingsException>(() => Read(new ServeFlags { Data = _folder.Root, Config = _folder[file] }));
        }
    }

    [Fact]
    public void The_master_key_and_the_register_lie_beside_the_data_folder_and_never_in_it()
    {
        var settings = Read(new ServeFlags { Data = _folder["data"] });
        settings.MasterKeyFile.ShouldBe(_folder["data.master-key"]);
        SettingsReader.ErasureRegister(settings).ShouldBe(_folder["data.erasures"]);
        Read(new ServeFlags { Data = _folder["data"] }, ("NOROSHI_MASTER_KEY_FILE", "/keys/mine")).MasterKeyFile.ShouldBe("/keys/mine");
    }

    [Theory]
    [InlineData("http://0.0.0.0:8080")]
    [InlineData("http://192.0.2.1:8080")]
    [InlineData("http://[::]:8080")]
    [InlineData("https://0.0.0.0:8443;http://0.0.0.0:8080")]
    public void Plain_HTTP_on_a_network_is_refused_unless_proxies_are_listed(string url)
    {
        var settings = Read(new ServeFlags { Data = _folder["data"], Url = url });
        Should.Throw<SettingsException>(() => ListenAddress.Read(settings)).Message.ShouldContain("https://");
        var proxied = settings with { Options = settings.Options with { Http = new HttpOptions { Proxies = ["192.0.2.0/24"] } } };
        ListenAddress.Read(proxied).ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("ftp://127.0.0.1:1")]
    [InlineData("127.0.0.1:8080")]
    [InlineData("http://hub.example:8080")]
    [InlineData("http://127.0.0.1:8080/path")]
    [InlineData("http://user@127.0.0.1:8080")]
    [InlineData(" ; ")]
    public void What_is_no_address_to_listen_on_is_refused(string url) =>
        Should
            .Throw<SettingsException>(() => ListenAddress.Read(Read(new ServeFlags { Data = _folder["data"], Url = url })))
            .Problems[0]
            .Key.ShouldBe("Http:Url");

    [Fact]
    public void Terms_of_retention_are_set_by_class_and_none_is_the_default()
    {
        Read(new ServeFlags { Data = _folder["data"] }).Options.Retention.ToTerms().ShouldBe(new RetentionTerms());
        var set = Read(
            new ServeFlags { Data = _folder["data"] },
            ("NOROSHI__RETENTION__ORIGINALDAYS", "90"),
            ("NOROSHI__RETENTION__PERSONALDATADAYS", "365"),
            ("NOROSHI__RETENTION__SAMPLEDAYS", "30"),
            ("NOROSHI__RETENTION__RESULTDAYS", "730")
        );
        set.Options.Retention.ToTerms().ShouldBe(new RetentionTerms(90, 365, 30, 730));
        set.Options.Retention.Problem().ShouldBeNull();
        Should
            .Throw<SettingsException>(() => Read(new ServeFlags { Data = _folder["data"] }, ("NOROSHI__RETENTION__SAMPLEDAYS", "0")))
            .Problems[0]
            .Ja.ShouldContain("1 から 36500 までの整数");
    }

    [Theory]
    [InlineData(null, 30)]
    [InlineData(365, 30)]
    public async Task Results_that_would_end_before_what_they_rest_on_are_refused_at_the_start(int? people, int results)
    {
        var terms = new RetentionOptions { PersonalDataDays = people, ResultDays = results };
        var error = await Should.ThrowAsync<SettingsException>(async () =>
        {
            await using var hub = await TestHub.StartAsync(change: settings =>
                settings with
                {
                    Options = settings.Options with { Retention = terms },
                }
            );
        });
        error.Problems.ShouldHaveSingleItem().Key.ShouldBe("Retention:ResultDays");
    }

    [Fact]
    public void A_certificate_without_an_address_for_it_is_served_beside_the_plain_one()
    {
        var settings = Read(
            new ServeFlags
            {
                Data = _folder["data"],
                Url = "http://127.0.0.1:0",
                Certificate = "c.pem",
                Key = "k.pem",
            }
        );
        ListenAddress.Read(settings).Select(one => (one.Tls, one.Point.Port)).ShouldBe([(false, 0), (true, 0)]);
        Should.Throw<SettingsException>(() =>
            ListenAddress.Read(settings with { Options = settings.Options with { Tls = new TlsOptions { Certificate = "c.pem" } } })
        );
    }

    [Fact]
    public void The_reference_says_what_the_classes_say()
    {
        var path = Path.Combine(Repository.Root, "docs", "configuration.md");
        var page = OptionReference.Markdown();
        if (Environment.GetEnvironmentVariable("NOROSHI_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).ReplaceLineEndings("\n").ShouldBe(page, "run this test once with NOROSHI_WRITE_DOCS=1");
    }

    [Fact]
    public void Every_option_has_words_in_both_languages()
    {
        OptionTable.Rows.Count.ShouldBe(typeof(HubOptions).GetProperties().Sum(group => group.PropertyType.GetProperties().Length));
        OptionTable.Rows.ShouldAllBe(row => row.Doc.En.EndsWith('.') && row.Doc.Ja.EndsWith('。'));
    }

    private static HubSettings Read(ServeFlags flags, params (string Name, string Value)[] variables) =>
        SettingsReader.Read(flags, name => variables.FirstOrDefault(one => one.Name == name).Value, variables.Select(one => one.Name));
}
