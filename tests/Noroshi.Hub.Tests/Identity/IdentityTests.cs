using System.Text;
using CsCheck;
using Noroshi.Hub.Identity;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Identity;

public sealed class IdentityTests
{
    private static readonly DateTimeOffset Start = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("Tanaka", "tanaka")]
    [InlineData("ＴＡＮＡＫＡ", "tanaka")]
    [InlineData("田中.太郎", "田中.太郎")]
    [InlineData("ｻﾄｳ", "サトウ")]
    [InlineData("ﬁona", "fiona")]
    [InlineData("a b", null)]
    [InlineData("a\u200Bb", null)]
    [InlineData("a\u202Eb", null)]
    [InlineData("a\nb", null)]
    [InlineData("", null)]
    [InlineData("\u0301a", null)]
    [InlineData("a/b", null)]
    [InlineData("\ud800", null)]
    [InlineData("😀", null)]
    public void A_user_name_is_written_in_one_way(string typed, string? expected) => UserNames.Prepare(typed).ShouldBe(expected);

    [Fact]
    public void A_prepared_name_stays_as_it_is() =>
        Gen.String[0, 80].Sample(typed => UserNames.Prepare(typed) is not { } name || UserNames.Prepare(name) == name);

    [Theory]
    [InlineData("admin", "аdmin")]
    [InlineData("admin", "аdmіn")]
    [InlineData("sato", "satο")]
    [InlineData("sato", "sat0")]
    [InlineData("paul", "pau1")]
    [InlineData("modern", "modem")]
    [InlineData("jose", "josé")]
    [InlineData("ニシダ", "二シダ")]
    [InlineData("カトウ", "力トウ")]
    public void Names_that_look_alike_are_one(string one, string other)
    {
        var (a, b) = (UserNames.Prepare(one).ShouldNotBeNull(), UserNames.Prepare(other).ShouldNotBeNull());
        a.ShouldNotBe(b);
        UserNames.Look(a).ShouldBe(UserNames.Look(b));
    }

    [Theory]
    [InlineData("tanaka", "tanabe")]
    [InlineData("かとう", "がとう")]
    [InlineData("user2", "user3")]
    public void Names_that_look_different_are_two(string one, string other) => UserNames.Look(one).ShouldNotBe(UserNames.Look(other));

    [Theory]
    [InlineData("plum rain over tiled roofs", null)]
    [InlineData("梅雨の瓦屋根に降る静かな雨音", null)]
    [InlineData("Zk4vQ9wLm2Xt", null)]
    [InlineData("short", PasswordFault.TooShort)]
    [InlineData("passwordpassword", PasswordFault.Common)]
    [InlineData("Password123456", PasswordFault.Common)]
    [InlineData("aaaaaaaaaaaaaaaa", PasswordFault.Common)]
    [InlineData("123456789012345", PasswordFault.Common)]
    [InlineData("qwertyuiopasdf", PasswordFault.Common)]
    [InlineData("abababababababab", PasswordFault.Common)]
    [InlineData("tanaka-power-a-1", PasswordFault.Context)]
    [InlineData("noroshi-2026!", PasswordFault.Context)]
    public void A_password_is_long_and_not_what_is_tried_first(string password, PasswordFault? fault) =>
        PasswordRules.Fault(password, ["tanaka", "power-a", "noroshi"]).ShouldBe(fault);

    [Fact]
    public void Every_character_of_a_long_password_counts()
    {
        var words = new StringBuilder();
        for (var i = 0; words.Length < 200; i++)
        {
            words.Append((char)('a' + (i * i * 7 % 26))).Append((char)('A' + (i * 11 % 26))).Append(' ');
        }

        PasswordRules.Fault(words.ToString(), []).ShouldBeNull();
        PasswordRules.Fault(words.ToString() + words, []).ShouldBe(PasswordFault.TooLong);
    }

    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1234567890L, "005924")]
    [InlineData(20000000000L, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        Totp.Code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void A_code_is_taken_once_and_within_a_step_of_its_time()
    {
        var key = Totp.NewKey();
        var step = Totp.StepAt(Start);
        Totp.Accept(key, Totp.Code(key, step), 0, Start).ShouldBe(step);
        Totp.Accept(key, Totp.Code(key, step - 1), 0, Start).ShouldBe(step - 1);
        Totp.Accept(key, Totp.Code(key, step), step, Start).ShouldBeNull();
        Totp.Accept(key, Totp.Code(key, step - 1), step, Start).ShouldBeNull();
        Totp.Accept(key, Totp.Code(key, step + 3), 0, Start).ShouldBeNull();
        Totp.Accept(key, "１２３４５６", 0, Start).ShouldBeNull();
    }

    [Fact]
    public void An_idle_account_is_warned_then_suspended_then_removed()
    {
        var user = new User
        {
            Id = "u",
            UserName = "tanaka",
            State = UserState.Active,
            CreatedAt = Start,
            LastUsedAt = Start,
        };
        var measures = new List<(int Day, IdleMeasure Measure)>();
        for (var day = 0; day <= 200; day++)
        {
            var now = Start.AddDays(day);
            var due = IdleAccounts.Due(user, onlyAdministrator: false, new IdleTerms(), now);
            user = IdleAccounts.Apply(user, due, now);
            if (due != IdleMeasure.None)
            {
                measures.Add((day, due));
            }
        }

        measures.ShouldBe([(60, IdleMeasure.Warn), (90, IdleMeasure.Suspend), (180, IdleMeasure.Remove)]);
        user.UserName.ShouldBe("");
        user.PasswordHash.ShouldBeNull();
    }

    [Fact]
    public void After_a_long_stand_still_nobody_is_removed_without_a_warning()
    {
        var user = new User
        {
            Id = "u",
            UserName = "tanaka",
            State = UserState.Active,
            CreatedAt = Start,
        };
        var now = Start.AddDays(400);
        IdleAccounts.Due(user, false, new IdleTerms(), now).ShouldBe(IdleMeasure.Warn);
        user = IdleAccounts.Apply(user, IdleMeasure.Warn, now);
        IdleAccounts.Due(user, false, new IdleTerms(), now.AddDays(29)).ShouldBe(IdleMeasure.None);
        IdleAccounts.Due(user, true, new IdleTerms(), now.AddDays(31)).ShouldBe(IdleMeasure.None);
        IdleAccounts.Due(user, false, new IdleTerms(), now.AddDays(31)).ShouldBe(IdleMeasure.Suspend);
    }

    [Fact]
    public void Who_was_suspended_by_a_person_is_not_removed_by_the_clock()
    {
        var user = new User
        {
            Id = "u",
            UserName = "x",
            State = UserState.Suspended,
            SuspendedFor = "administrator",
            CreatedAt = Start,
        };
        IdleAccounts.Due(user, false, new IdleTerms(), Start.AddDays(900)).ShouldBe(IdleMeasure.None);
    }

    [Fact]
    public void Staff_is_asked_about_in_April_and_reminded_three_times()
    {
        var first = new DateTimeOffset(2026, 4, 9, 15, 0, 0, TimeSpan.Zero);
        StaffConfirmations.Due("power-a", null, null, first.AddMinutes(-1)).ShouldBeNull();
        var asked = StaffConfirmations.Due("power-a", null, null, first).ShouldNotBeNull();
        asked.Id.ShouldBe("power-a.2026");
        var record = asked;
        var reminders = new List<int>();
        for (var day = 0; day < 120; day++)
        {
            if (StaffConfirmations.Due("power-a", null, record, first.AddDays(day)) is { } due)
            {
                record = due;
                reminders.Add(day);
            }
        }

        reminders.ShouldBe([14, 28, 42]);
        StaffConfirmations.Due("power-a", null, asked with { State = ConfirmationState.Confirmed }, first.AddDays(30)).ShouldBeNull();
        StaffConfirmations.Due("power-a", new DateOnly(2026, 4, 1), null, first).ShouldBeNull();
        StaffConfirmations.FiscalYear(new DateTimeOffset(2027, 3, 31, 14, 59, 0, TimeSpan.Zero)).ShouldBe(2026);
        StaffConfirmations.FiscalYear(new DateTimeOffset(2027, 3, 31, 15, 0, 0, TimeSpan.Zero)).ShouldBe(2027);
    }
}
