using System.Globalization;
using CsCheck;
using Noroshi.Hub.Campaigns;
using Noroshi.Hub.Intake;
using Noroshi.Hub.Judgement;
using Noroshi.Hub.Tests.Conversations;
using Noroshi.Hub.Tests.Story;
using Shouldly;
using Xunit;

namespace Noroshi.Hub.Tests.Judgement;

public sealed class SituationKeeperTests
{
    private static readonly Lazy<RarityEpoch> StoryEpoch = new(() =>
    {
        var keeper = new SituationKeeper(StoryMails.Story.Members);
        keeper.Add(new SituationBatch { Mails = StoryMails.Story.Known });
        return keeper.State.Epoch.ShouldNotBeNull();
    });

    /// <summary>
    /// The mails of the story, in any order and any batches, some replaced, some withdrawn, some told by telephone, with decisions and
    /// another members file in between.
    /// </summary>
    [Fact]
    public void Whatever_the_way_the_situation_is_that_of_a_rebuild() => Walk(iterations: 12, (_, _) => null);

    /// <summary>The same when none or some of the mails stay at hand, and the others come from the shelf.</summary>
    [Fact]
    public void A_situation_that_puts_its_mails_aside_is_that_of_a_rebuild() =>
        Walk(iterations: 8, (seed, read) => new MailShelf(read, Most: seed % 3 == 0 ? 0 : seed % 90));

    [Fact]
    public void What_was_erased_on_the_shelf_leaves_the_situation_as_if_it_had_never_come() =>
        Gen.Int[1, 1_000_000]
            .Sample(
                seed =>
                {
                    var random = new Random(seed);
                    var shelf = new Shelf();
                    var mails = StoryMails.Story.Known.Where(_ => random.Next(3) == 0).Select(shelf.Put).ToList();
                    var members = StoryMails.Story.Members;
                    var keeper = new SituationKeeper(members, SituationState.Empty, new MailShelf(shelf.Read, random.Next(200)));
                    keeper.Add(new SituationBatch { Mails = mails });
                    var gone = mails.Where(_ => random.Next(6) == 0).ToList();
                    gone.ForEach(mail => shelf.Erase(mail.Place));
                    _ = keeper.Current.Conversations.Count(one => one.Messages.Count > 1);
                    keeper.Remove([.. gone.Select(one => one.Mail.Key)]);
                    keeper.ForgetValues();
                    var left = mails.Except(gone).ToList();
                    var rebuilt = new SituationKeeper(members, keeper.State);
                    rebuilt.Add(new SituationBatch { Mails = left });
                    Shape.Of(keeper.Current).ShouldBe(Shape.Of(rebuilt.Current), $"seed {seed}");
                    keeper.State.Epoch.ShouldNotBeNull().Frequencies.Keys.Except(left.SelectMany(ValuesOf)).ShouldBeEmpty();
                    keeper.Freeze();
                    var never = new SituationKeeper(members, keeper.State with { Epoch = null });
                    never.Add(new SituationBatch { Mails = left });
                    Shape.Of(keeper.Current).ShouldBe(Shape.Of(never.Current), $"seed {seed}, counted anew");
                },
                iter: 6,
                threads: 1
            );

    private static IEnumerable<ulong> ValuesOf(KnownMail mail) =>
        mail.Features.Features.Select(feature => feature.Id).Concat(mail.Features.Sketch);

    private static void Walk(int iterations, Func<int, Func<IReadOnlyList<ShelvedMail>, IReadOnlyList<KnownMail>>, MailShelf?> shelf) =>
        Gen.Select(Gen.Int[1, 1_000_000], Gen.Int[30, 300])
            .Sample(
                (seed, count) =>
                {
                    var way = new Way(new Random(seed), count, read => shelf(seed, read));
                    for (var step = 0; step < 12; step++)
                    {
                        way.Go();
                        if (step % 4 == 3)
                        {
                            way.ShouldBeARebuild($"seed {seed}, {count} mails, step {step}");
                        }
                    }
                },
                iter: iterations,
                threads: 1
            );

    /// <summary>Mails by place, each read as an object of its own.</summary>
    private sealed class Shelf
    {
        private readonly Dictionary<long, KnownMail> _mails = [];

        public KnownMail Put(KnownMail mail)
        {
            var placed = mail with { Place = _mails.Count + 1 };
            _mails.Add(placed.Place, placed);
            return placed;
        }

        public void Erase(long place) => _mails.Remove(place);

        public IReadOnlyList<KnownMail> Read(IReadOnlyList<ShelvedMail> asked) =>
            [
                .. asked
                    .Select(one => _mails.GetValueOrDefault(one.Place))
                    .OfType<KnownMail>()
                    .Select(one => one with { Mail = one.Mail with { Facts = one.Mail.Facts with { } }, Features = one.Features with { } })
                    .Reverse(),
            ];
    }

    /// <summary>Forty organisations, of which the shelf lets ten mails stay at hand: no step of a change needs many of them at once.</summary>
    [Fact]
    public void A_change_of_all_organisations_brings_back_one_after_the_other()
    {
        var shelf = new Shelf();
        var mails = StoryMails
            .Story.Known.Take(400)
            .Select((mail, i) => shelf.Put(mail with { Mail = mail.Mail with { Organization = $"org-{i % 40:D2}" } }))
            .ToList();
        SituationKeeper? keeper = null;
        var most = 0;
        keeper = new SituationKeeper(
            StoryMails.Story.Members,
            SituationState.Empty,
            new MailShelf(
                asked =>
                {
                    most = Math.Max(most, keeper?.AtHand ?? 0);
                    return shelf.Read(asked);
                },
                Most: 10
            )
        );
        keeper.Add(new SituationBatch { Mails = mails });
        most = 0;
        keeper.Add(new SituationBatch { Mails = [.. mails.Take(40).Select(mail => shelf.Put(mail with { Place = 0 }))] });
        keeper.Remove([.. mails.TakeLast(40).Select(mail => mail.Mail.Key)]);
        most.ShouldBeInRange(1, 40);
        var rebuilt = new SituationKeeper(StoryMails.Story.Members, keeper.State);
        rebuilt.Add(new SituationBatch { Mails = [.. mails.SkipLast(40)] });
        Shape.Of(keeper.Current).ShouldBe(Shape.Of(rebuilt.Current));
    }

    /// <summary>The intake list walks over everything; it must not bring the whole hub back to tell where each mail stands.</summary>
    [Fact]
    public void Where_each_mail_stands_is_told_without_bringing_anything_back()
    {
        var shelf = new Shelf();
        var mails = StoryMails.Story.Known.Take(300).Select(shelf.Put).ToList();
        var reads = 0;
        var keeper = new SituationKeeper(
            StoryMails.Story.Members,
            SituationState.Empty,
            new MailShelf(
                asked =>
                {
                    reads++;
                    return shelf.Read(asked);
                },
                Most: 0
            )
        );
        keeper.Add(new SituationBatch { Mails = mails });
        reads = 0;
        var places = keeper.Current.Places().ToList();
        (reads, keeper.AtHand).ShouldBe((0, 0));
        keeper.Current.MailsOf(places[0].Exchange).Contains(places[0].Mail, StringComparer.Ordinal).ShouldBeTrue();
        reads.ShouldBe(0);
        places.ShouldBe(
            keeper
                .Current.Conversations.SelectMany(one =>
                    one.Messages.Where(message => message.Mail is not null)
                        .Select(message => new PlacedMail(message.Mail ?? "", one.Id, one.Assessment, message.Role))
                )
                .ToList()
        );
        reads.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Everything_withdrawn_leaves_nothing()
    {
        var keeper = new SituationKeeper(StoryMails.Story.Members);
        var mails = StoryMails.Story.Known;
        keeper.Add(new SituationBatch { Mails = mails });
        keeper.Current.Campaigns.ShouldNotBeEmpty();
        var changes = keeper.Remove([.. mails.Select(mail => mail.Mail.Key)]);
        changes.EndedCampaigns.ShouldNotBeEmpty();
        changes.EndedExchanges.ShouldNotBeEmpty();
        keeper.Count.ShouldBe(0);
        Shape.Of(keeper.Current).ShouldBe(Shape.Of(new SituationKeeper(StoryMails.Story.Members, SituationState.Empty).Current));
    }

    [Fact]
    public void A_warning_names_the_mail_that_completed_it_and_whose_mails_it_rests_on()
    {
        Letter first = new()
        {
            From = "same.person@webmail.example",
            Subject = "製品の仕様についてのご質問",
            Text = "貴社のポンプ P-7 の仕様書の第3章について、耐圧の値をお教えいただきたく、ご連絡いたしました。担当の方をご紹介ください。",
            Headers = [("X-Mailer", "Unusual Mailer 7.31")],
        };
        var keeper = new SituationKeeper(Town.Members);
        keeper.Add(new SituationBatch { Mails = [Known(first)] }).Warnings.ShouldBeEmpty();
        var second = Known(first with { At = "10-17 09:04", To = "info@gas-b.example", Organization = "gas-b", Window = "sales" });
        var changes = keeper.Add(new SituationBatch { Mails = [second] });
        changes.Warnings.Count.ShouldBe(2);
        foreach (var warning in changes.Warnings)
        {
            warning.Warning.Reason.ShouldBe(LiveReason.Parallel);
            warning.CompletedBy.ShouldBe(second.Mail.Key);
            warning.RestsOn.ShouldHaveSingleItem().ShouldBe(warning.Organization == "gas-b" ? "power-a" : "gas-b");
        }

        Situations.Of([second], Town.Members, []).Warnings.ShouldBeEmpty();
        keeper.Remove([second.Mail.Key]).LiftedWarnings.Count.ShouldBe(2);
        keeper.Current.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_campaign_keeps_its_id_while_it_grows_and_after_a_restart()
    {
        var mails = StoryMails
            .Story.Known.OrderBy(mail => mail.Mail.ReceivedAt)
            .ThenBy(mail => mail.Mail.Key, StringComparer.Ordinal)
            .ToList();
        var keeper = new SituationKeeper(StoryMails.Story.Members, SituationState.Empty with { Epoch = StoryEpoch.Value });
        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var batch in mails.Chunk(100))
        {
            var before = keeper.Current.Campaigns.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            var changes = keeper.Add(new SituationBatch { Mails = batch });
            ids.UnionWith(before);
            var told = changes.Campaigns.Select(one => one.Id).ToHashSet(StringComparer.Ordinal);
            keeper.Current.Campaigns.ShouldAllBe(one => before.Contains(one.Id) || told.Contains(one.Id));
            changes
                .EndedCampaigns.Select(one => one.Id)
                .ShouldBe(
                    before.Except(keeper.Current.Campaigns.Select(one => one.Id), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                );
        }

        var largest = keeper.Current.Campaigns.MaxBy(one => one.Mails.Count).ShouldNotBeNull();
        largest.Version.ShouldBeGreaterThan(2);
        ids.Contains(largest.Id).ShouldBeTrue();
        var again = new SituationKeeper(StoryMails.Story.Members, keeper.State);
        again.Add(new SituationBatch { Mails = mails });
        Shape.Of(again.Current).ShouldBe(Shape.Of(keeper.Current));
    }

    [Fact]
    public void A_batch_says_which_exchanges_changed_and_no_others()
    {
        var keeper = new SituationKeeper(StoryMails.Story.Members, SituationState.Empty with { Epoch = StoryEpoch.Value });
        keeper.Add(new SituationBatch { Mails = StoryMails.Story.Known });
        var told = keeper.Current.Conversations.ToDictionary(one => one.Id, StringComparer.Ordinal);
        var mail = StoryMails.Story.Known.First(one => told.Values.Any(conversation => conversation.Messages[^1].Mail == one.Mail.Key));
        var changes = keeper.Remove([mail.Mail.Key]);
        var now = keeper.Current.Conversations.ToDictionary(one => one.Id, StringComparer.Ordinal);
        string Content(Hub.Conversations.Conversation one) =>
            Shape.Of(
                one with
                {
                    Evidence = [],
                    Messages = [.. one.Messages.Select(message => message with { Label = "", SummaryJa = "", SummaryEn = "" })],
                }
            );
        changes
            .Exchanges.Select(one => one.Id)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                now.Values.Where(one => !told.TryGetValue(one.Id, out var old) || Content(old) != Content(one))
                    .Select(one => one.Id)
                    .Order(StringComparer.Ordinal)
            );
        changes.EndedExchanges.ShouldBe(told.Keys.Except(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal));
        (changes.Exchanges.Count + changes.EndedExchanges.Count).ShouldBeInRange(1, 5);
    }

    private static KnownMail Known(Letter letter) =>
        KnownMail.Of(letter.Mail(Town.Members) with { TimeSource = "received" }, Town.Members.Find(letter.Organization));

    /// <summary>A way of changes, and what is there after them.</summary>
    private sealed class Way
    {
        private readonly Random _random;
        private readonly Shelf _shelf = new();
        private readonly List<KnownMail> _pool;
        private readonly Dictionary<string, KnownMail> _there = new(StringComparer.Ordinal);
        private readonly Dictionary<string, ManifestLine> _told = new(StringComparer.Ordinal);
        private readonly SituationKeeper _keeper;
        private Members _members = StoryMails.Story.Members;

        public Way(Random random, int count, Func<Func<IReadOnlyList<ShelvedMail>, IReadOnlyList<KnownMail>>, MailShelf?> shelf)
        {
            _random = random;
            var all = StoryMails.Story.Known.ToArray();
            random.Shuffle(all);
            _pool = [.. all.Take(count)];
            _keeper = new SituationKeeper(_members, SituationState.Empty with { Epoch = StoryEpoch.Value }, shelf(_shelf.Read));
        }

        public void Go()
        {
            switch (_random.Next(8))
            {
                case 0:
                    Withdraw();
                    break;
                case 1:
                    _keeper.Change(Decisions());
                    break;
                case 2:
                    _members = _members with { Organizations = [.. _members.Organizations.Select(one => one)] };
                    _members = _random.Next(2) == 0 ? StoryMails.Story.Members : new Members();
                    _keeper.Change(_members);
                    break;
                case 3:
                    Tell();
                    break;
                case 4 when _random.Next(3) == 0:
                    _keeper.Freeze();
                    break;
                default:
                    Add();
                    break;
            }
        }

        public void ShouldBeARebuild(string which)
        {
            var mails = _there.Values.ToArray();
            _random.Shuffle(mails);
            var rebuilt = new SituationKeeper(_members, _keeper.State);
            rebuilt.Add(new SituationBatch { Mails = mails, Stated = _told });
            Shape.Of(_keeper.Current).ShouldBe(Shape.Of(rebuilt.Current), which);
            _keeper.Current.Campaigns.Select(one => one.Alias).ShouldBeUnique(StringComparer.Ordinal);
        }

        private void Add()
        {
            var batch = Enumerable.Range(0, _random.Next(1, 60)).Select(_ => _shelf.Put(Varied(_pool[_random.Next(_pool.Count)]))).ToList();
            foreach (var mail in batch)
            {
                _there[mail.Mail.Key] = mail;
            }

            _keeper.Add(new SituationBatch { Mails = batch });
        }

        /// <summary>Now and then the mail is not quite what it was: another window, another time, another organisation, other features.</summary>
        private KnownMail Varied(KnownMail mail) =>
            _random.Next(12) switch
            {
                0 => mail with { Mail = mail.Mail with { Window = "elsewhere" } },
                1 => mail with { Mail = mail.Mail with { ReceivedAt = mail.Mail.ReceivedAt?.AddMinutes(7) } },
                2 => mail with { Mail = mail.Mail with { Organization = null } },
                3 => mail with { Features = mail.Features with { Features = [.. mail.Features.Features.Take(6)] } },
                _ => mail,
            };

        private void Withdraw()
        {
            var keys = _there.Keys.Concat(_told.Keys).Where(_ => _random.Next(5) == 0).Append("unknown").ToList();
            foreach (var key in keys)
            {
                _there.Remove(key);
                _told.Remove(key);
            }

            _keeper.Remove(keys);
        }

        private void Tell()
        {
            var line = StoryMails.Story.Stated[_random.Next(StoryMails.Story.Stated.Count)];
            var key = string.Create(CultureInfo.InvariantCulture, $"told {_random.Next(6)}");
            _told[key] = line;
            _keeper.Add(new SituationBatch { Stated = new Dictionary<string, ManifestLine>(StringComparer.Ordinal) { [key] = line } });
        }

        private List<Decision> Decisions()
        {
            var exchanges = _keeper.Current.Campaigns.SelectMany(one => one.Exchanges).Concat(_there.Keys.Take(20)).ToList();
            return exchanges.Count < 2
                ? []
                :
                [
                    .. Enumerable
                        .Range(0, _random.Next(4))
                        .Select(_ => new Decision(
                            exchanges[_random.Next(exchanges.Count)],
                            exchanges[_random.Next(exchanges.Count)],
                            _random.Next(2) == 0,
                            "chance"
                        ))
                        .Where(one => one.A != one.B),
                ];
        }
    }
}
