using System.Globalization;
using System.Text;

namespace Noroshi.Makers.Attackers;

/// <summary>Renders authored attackers as real mails with real files inside. The same plan gives the same bytes.</summary>
public static class AttackRenderer
{
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    /// <summary>All mails of an attacker in order of time.</summary>
    public static IEnumerable<AuthoredMail> Render(Attacker attacker)
    {
        ArgumentNullException.ThrowIfNull(attacker);
        var seed = new Random(SeedOf(attacker.Name));
        var analysed = 0;
        foreach (var phase in attacker.Phases)
        {
            var targets = phase.Targets.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            for (var i = 0; i < targets.Length; i++)
            {
                var (organization, steps) = (targets[i][..2], targets[i][3..]);
                var persona = phase.Personas[i % phase.Personas.Count];
                var at = new DateTimeOffset(phase.From.AddDays(i * phase.DaysApart), new TimeOnly(9 + seed.Next(7), seed.Next(60)), Japan);
                var subject = phase.Lure.Subjects[seed.Next(phase.Lure.Subjects.Count)];
                for (var step = 0; step < steps.Length; step++)
                {
                    var letter = LetterOf(phase, attacker.Password, steps[step] == 'A', persona, organization, seed) with
                    {
                        Subject = step == 0 ? subject : $"Re: {subject}",
                        SentAt = at,
                    };
                    var stated = letter.Files.Count > 0 && phase.Analysed > 0 && analysed++ % phase.Analysed == 0 ? phase.Host : null;
                    yield return new AuthoredMail(
                        attacker.Name,
                        Genuine: false,
                        attacker.Half,
                        $"member-{organization}",
                        at,
                        step == 0,
                        stated,
                        StyledMail.Of(letter, phase.Style, phase.Client, seed)
                    );
                    at = at.AddMinutes(40 + seed.Next(200));
                }
            }
        }
    }

    /// <summary>A number that depends on the name alone.</summary>
    internal static int SeedOf(string name) => name.Aggregate(17, (sum, letter) => unchecked((sum * 31) + letter));

    /// <summary>The address of an organisation's window.</summary>
    internal static string WindowOf(string organization) => $"info@m{organization}.example";

    private static Letter LetterOf(AttackPhase phase, string password, bool attack, Persona persona, string organization, Random seed)
    {
        var lure = phase.Lure;
        var sentences = Draw(attack ? lure.Attack : lure.Inquiry, 3, seed);
        var text = new StringBuilder(
            lure.Japanese ? Greetings[seed.Next(Greetings.Length)] : EnglishGreetings[seed.Next(EnglishGreetings.Length)]
        );
        text.Append('\n').Append('\n').AppendJoin('\n', sentences).Append('\n');
        IReadOnlyList<(string, byte[])> files = [];
        if (attack)
        {
            var name = lure.Documents[seed.Next(lure.Documents.Count)];
            if (phase.Container == "link")
            {
                text.Append(CultureInfo.InvariantCulture, $"http://{phase.Host}/f/{seed.Next(1_000)}/{Uri.EscapeDataString(name)}.zip\n");
            }
            else
            {
                files = [PayloadMaker.Of(phase, password, name, seed)];
                text.Append(
                    phase.Container is not ("zip-aes" or "rar4" or "rar5") ? ""
                    : lure.Japanese ? $"パスワードは {password} です。\n"
                    : $"The password is {password}\n"
                );
            }
        }

        text.Append(lure.Japanese ? "\nよろしくお願いいたします。\n" : "\nBest regards,\n")
            .Append("-- \n")
            .Append(persona.Signature)
            .Append('\n');
        return new Letter(persona, WindowOf(organization), "", text.ToString(), default, lure.Japanese) { Files = files };
    }

    private static readonly string[] Greetings =
    [
        "お世話になっております。",
        "突然のメールにて失礼いたします。",
        "初めてご連絡いたします。",
        "ご担当者様",
    ];

    private static readonly string[] EnglishGreetings = ["Dear Sir or Madam,", "Hello,", "To whom it may concern,", "Good day,"];

    /// <summary>Some of the sentences in an order of chance.</summary>
    internal static IReadOnlyList<string> Draw(IReadOnlyList<string> sentences, int count, Random seed)
    {
        var all = sentences.ToArray();
        seed.Shuffle(all);
        return all[..Math.Min(count, all.Length)];
    }
}
