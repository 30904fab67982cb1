using System.Globalization;
using CsCheck;
using Noroshi.Hub.Conversations.Threading;
using Noroshi.Hub.Intake;
using Shouldly;
using Xunit;
using static Noroshi.Hub.Tests.Conversations.Threading.Letters;

namespace Noroshi.Hub.Tests.Conversations.Threading;

public sealed class ThreadsPropertyTests
{
    private static readonly string[] Lines =
    [
        "低温時の放電特性の試験条件を教えていただけますでしょうか。",
        "論文に引用したいと考えておりますので、よろしくお願いします。",
        "お送りいただいた資料を開くことができませんでした。",
        "The attached document describes the test conditions in detail.",
        "Could you tell us which program you use to open it?",
    ];

    private static readonly Gen<ProvidedMail[]> Worlds = Gen.Select(
            Gen.Int[0, 12],
            Gen.Int[0, 3],
            Gen.Int[0, 3],
            Gen.Int[0, 4],
            Gen.Int[-1, 4],
            Gen.Int[-1, 9],
            Gen.Int[-1, 9]
        )
        .Array[1, 12]
        .Select(rows => rows.Select(Mail).ToArray());

    [Fact]
    public void The_order_in_which_mails_are_given_changes_nothing() =>
        Gen.Select(Worlds, Gen.Int)
            .Sample(
                (mails, seed) =>
                {
                    var shuffled = mails.ToArray();
                    new Random(seed).Shuffle(shuffled);
                    Shape(Threads.Of(shuffled)).ShouldBe(Shape(Threads.Of(mails)));
                },
                iter: 300
            );

    [Fact]
    public void Every_mail_is_in_one_thread_and_no_mail_answers_itself_by_any_way() =>
        Worlds.Sample(
            mails =>
            {
                var threads = Threads.Of(mails);
                threads
                    .SelectMany(thread => thread.Mails)
                    .Order(StringComparer.Ordinal)
                    .ShouldBe(mails.Select(mail => mail.Key).Order(StringComparer.Ordinal));
                foreach (var thread in threads)
                {
                    var parents = thread.Parents.ToDictionary(link => link.Child, link => link.Parent, StringComparer.Ordinal);
                    foreach (var mail in thread.Mails)
                    {
                        var steps = 0;
                        for (var at = mail; at is not null && parents.TryGetValue(at, out var above); at = above)
                        {
                            (above is null || thread.Mails.Contains(above, StringComparer.Ordinal)).ShouldBeTrue();
                            (++steps).ShouldBeLessThanOrEqualTo(mails.Length);
                        }
                    }
                }
            },
            iter: 300
        );

    [Theory]
    [InlineData("one subject")]
    [InlineData("one quoted line")]
    [InlineData("one identifier")]
    [InlineData("one attribution")]
    [InlineData("one chain")]
    [InlineData("many references")]
    public void Work_grows_with_the_number_of_mails_and_not_with_what_they_share(string shared)
    {
        var (few, many) = (Work(shared, 1_000), Work(shared, 8_000));
        many.ShouldBeLessThan((12 * few) + 8_000);
        many.ShouldBeLessThan(8_000 * 800L);
    }

    private static long Work(string shared, int count)
    {
        var world = new World(Enumerable.Range(0, count).Select(i => Hostile(shared, i)));
        world.Threads(ThreadingRules.Default, ContentWeights.Current).Sum(thread => thread.Mails.Count).ShouldBe(count);
        return world.Work;
    }

    private static ProvidedMail Hostile(string shared, int i)
    {
        var key = i.ToString("D6", CultureInfo.InvariantCulture);
        var from = $"p{i % 97}@a.example";
        return shared switch
        {
            "one subject" => Bare(key, i, from, "w@b.example", "Re: 請求書", $"本文 {key}"),
            "one quoted line" => Bare(key, i, from, "w@b.example", $"件名 {key}", $"> {Lines[0]}\n\n{Lines[0]}"),
            "one identifier" => Named(key, i, $"Re: 件名 {i % 7}", "constant.4711@form.example", "constant.4711@form.example"),
            "one attribution" => Bare(
                key,
                i,
                "木村 <k@a.example>",
                "w@b.example",
                $"Re: {key}",
                $"2013/10/17 9:00 木村 <k@a.example>:\n> 本文{i - 1}\n\n本文{i}"
            ),
            "one chain" => Named(key, i, "Re: 件名", null, Id((i - 1).ToString("D6", CultureInfo.InvariantCulture))),
            _ => Named(key, i, "Re: 件名", null, null, [.. Enumerable.Range(0, 100).Select(r => Id($"{key}-{r}"))]),
        };
    }

    private static ProvidedMail Mail((int Minute, int Person, int Subject, int Line, int Quote, int Answers, int Reference) row, int at)
    {
        var text = row.Quote < 0 ? Lines[row.Line] : $"> {Lines[row.Quote]}\n\n{Lines[row.Line]}";
        var mail = Bare(
            $"m{at}",
            row.Minute,
            $"p{row.Person}@a.example",
            $"p{(row.Person + 1) % 4}@a.example",
            $"{(row.Minute % 2 == 0 ? "Re: " : "")}件名その{row.Subject}",
            text
        );
        return mail.With(facts =>
            facts with
            {
                MessageId = at % 3 == 0 ? null : Id($"m{at % 7}"),
                InReplyTo = row.Answers < 0 ? null : Id($"m{row.Answers}"),
                References = row.Reference < 0 ? [] : [Id($"m{row.Reference}")],
            }
        );
    }
}
