using System.Net;
using Noroshi.Hub.Identity;
using Noroshi.Hub.Intake;
using Noroshi.Server.Hosting.Options;
using Noroshi.Server.Identity;
using Noroshi.Server.Registers;
using Noroshi.Server.Tests.Hosting;
using Noroshi.Server.Tests.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Server.Tests.Trust;

/// <summary>Passwords through the API, as a person meets them.</summary>
public sealed class PasswordTests
{
    [Theory]
    [InlineData("elevenchars", false)]
    [InlineData("twelve+chars plum", true)]
    [InlineData("ただの日本語の長い合言葉です", true)]
    [InlineData("all lower case letters only", true)]
    [InlineData("7391 0462 8815 3307 9264", true)]
    public async Task Length_counts_and_nothing_else_is_demanded(string password, bool accepted)
    {
        await using var hub = await IdentityHub.StartAsync();
        using var browser = await SignedInAsync(hub);
        (await ChangeAsync(browser, Browser.Password, password)).ShouldBe(accepted ? HttpStatusCode.NoContent : HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Two_hundred_characters_are_taken_and_every_one_counts()
    {
        await using var hub = await IdentityHub.StartAsync();
        using var browser = await SignedInAsync(hub);
        var password = string.Concat(Enumerable.Range(0, 50).Select(i => $"{(char)('a' + (i % 26))}{i * 7 % 10}Q-"));
        password.Length.ShouldBe(200);
        (await ChangeAsync(browser, Browser.Password, password)).ShouldBe(HttpStatusCode.NoContent);
        using var other = new Browser(hub.Address);
        foreach (var wrong in new[] { password[..199], password + "x", password.ToUpperInvariant(), " " + password })
        {
            (await other.Post("/api/v1/session", new { userName = "tanaka", password = wrong })).Status.ShouldBe(
                HttpStatusCode.Unauthorized
            );
        }

        await other.SignIn("tanaka", password);
    }

    [Fact]
    public async Task What_stands_in_the_operators_list_of_known_passwords_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("noroshi-breached-");
        try
        {
            var path = Path.Combine(folder.FullName, "list");
            var words = Enumerable
                .Range(0, 3_000)
                .Select(i => $"{i * 7_919 % 100_000:D5} frogs in a pond {new string('x', i % 60)}")
                .ToList();
            words.Add("合言葉は古い池の蛙です");
            words.Sort(StringComparer.Ordinal);
            await File.WriteAllTextAsync(path, string.Join('\n', words) + "\n", Browser.Cancellation);
            var list = BreachedPasswords.Open(path);
            words.ShouldAllBe(word => list.Contains(word));
            foreach (
                var word in new[]
                {
                    "",
                    "frogs",
                    words[0] + "x",
                    words[^1] + "x",
                    "00000 frogs in a ponc ",
                    "\n",
                    words[7] + "\n" + words[8],
                }
            )
            {
                list.Contains(word).ShouldBeFalse(word);
            }

            await using var hub = await TestHub.StartAsync(change: settings =>
                settings with
                {
                    Options = settings.Options with { Accounts = new AccountListOptions { BreachedPasswords = path } },
                }
            );
            using var browser = await SignedInAsync(hub);
            (await ChangeAsync(browser, Browser.Password, words[1_234])).ShouldBe(HttpStatusCode.BadRequest);
            (await ChangeAsync(browser, Browser.Password, words[1_234] + "y")).ShouldBe(HttpStatusCode.NoContent);
            words.Reverse();
            await File.WriteAllTextAsync(path, string.Join('\n', words) + "\n", Browser.Cancellation);
            Should.Throw<IOException>(() => BreachedPasswords.Open(path)).Message.ShouldContain("LC_ALL=C sort -u");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("password12345")]
    [InlineData("Passw0rd2026!")]
    [InlineData("qwertyuiop12")]
    [InlineData("123456789012")]
    [InlineData("aaaaaaaaaaaaaaaa")]
    [InlineData("iloveyou1234")]
    [InlineData("tanaka-tanaka")]
    [InlineData("power-a2026power-a")]
    [InlineData("noroshi12345")]
    public async Task What_everybody_tries_first_and_words_of_the_account_are_refused(string password)
    {
        await using var hub = await IdentityHub.StartAsync();
        using var browser = await SignedInAsync(hub);
        (await ChangeAsync(browser, Browser.Password, password)).ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_change_needs_the_old_password_and_comes_into_force_at_once()
    {
        await using var hub = await IdentityHub.StartAsync();
        using var browser = await SignedInAsync(hub);
        const string Next = "four crows on a winter branch";
        (await ChangeAsync(browser, "not the old one at all", Next)).ShouldNotBe(HttpStatusCode.NoContent);
        (await ChangeAsync(browser, Browser.Password, Next)).ShouldBe(HttpStatusCode.NoContent);
        using var other = new Browser(hub.Address);
        (await other.Post("/api/v1/session", new { userName = "tanaka", password = Browser.Password })).Status.ShouldBe(
            HttpStatusCode.Unauthorized
        );
        await other.SignIn("tanaka", Next);
    }

    [Fact]
    public async Task A_password_stays_valid_for_years()
    {
        var hands = new Hands();
        await using var hub = await IdentityHub.StartAsync(hands);
        using var browser = await SignedInAsync(hub);
        for (var month = 0; month < 36; month++)
        {
            hands.Move(TimeSpan.FromDays(30));
            await browser.SignIn("tanaka");
        }
    }

    [Fact]
    public async Task What_is_stored_of_a_password_is_a_salted_slow_hash_and_recovery_codes_are_no_text()
    {
        await using var hub = await IdentityHub.StartAsync();
        using var browser = await SignedInAsync(hub);
        var seed = (await browser.Post("/api/v1/me/authenticator")).Body.Get("secret");
        var confirmed = await browser.Put("/api/v1/me/authenticator", new { code = hub.CodeOf(seed) });
        var codes = confirmed.Body.GetProperty("recoveryCodes").EnumerateArray().Select(one => one.GetString() ?? "").ToList();
        codes.Count.ShouldBeGreaterThan(4);
        codes.ShouldBeUnique(StringComparer.Ordinal);
        // 20 bits are asked for; each has many more.
        codes.ShouldAllBe(code => code.Count(char.IsLetterOrDigit) >= 10);
        var same = await hub.AddUserAsync("suzuki", "power-a", Role.MemberCsirt);
        var user = hub.Get<Users>().All.Single(one => one.UserName == "tanaka");
        var hash = Convert.FromBase64String(user.PasswordHash.ShouldNotBeNull());
        // Format 1 of the framework: marker, algorithm (2: HMAC-SHA-512), rounds, length of the salt, salt, key.
        hash[0].ShouldBe((byte)1);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(1)).ShouldBe(2u);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(5)).ShouldBeGreaterThanOrEqualTo(210_000u);
        System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(hash.AsSpan(9)).ShouldBeGreaterThanOrEqualTo(16u);
        string.Equals(same.PasswordHash, user.PasswordHash, StringComparison.Ordinal).ShouldBeFalse();
        var stored = user.ToString();
        foreach (var code in codes)
        {
            stored.ShouldNotContain(code);
            user.RecoveryCodes.ShouldNotContain(kept => kept.Contains(code, StringComparison.OrdinalIgnoreCase));
        }
    }

    private static async Task<Browser> SignedInAsync(TestHub hub)
    {
        await hub.Get<HubRecords>().ChangeAsync([], hub.Get<Register<Organization>>().Put("power-a", new Organization { Id = "power-a" }));
        await hub.AddUserAsync("tanaka", "power-a", Role.MemberCsirt);
        var browser = new Browser(hub.Address);
        await browser.SignIn("tanaka");
        return browser;
    }

    private static async Task<HttpStatusCode> ChangeAsync(Browser browser, string oldPassword, string newPassword) =>
        (await browser.Put("/api/v1/me/password", new { oldPassword, newPassword })).Status;
}
