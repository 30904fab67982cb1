using Noroshi.Hub.Storage;

namespace Noroshi.Storage.Sqlite;

/// <summary>Results and cursor in one transaction.</summary>
internal static class StepCommit
{
    public static void Write(Db db, Core core, StepLease lease, StepOutcome outcome, IReadOnlyList<PackedDocument> documents)
    {
        var (step, lane) = (lease.Step.Name, (int)lease.Lane);
        var (position, fence) = db.First(
            "SELECT position, fence FROM cursor WHERE step = $1 AND lane = $2",
            row => (row.GetInt64(0), row.GetInt64(1)),
            step,
            lane
        );
        if (fence != lease.Fence)
        {
            throw new LeaseLostException($"Another owner works on {step} now.");
        }

        if (outcome.Through < position)
        {
            throw new ArgumentException($"The step {step} has passed {outcome.Through}: it is at {position}.", nameof(outcome));
        }

        db.Run("UPDATE cursor SET position = $1 WHERE step = $2 AND lane = $3", outcome.Through, step, lane);
        foreach (var settled in outcome.Settled)
        {
            if (db.Run("DELETE FROM put_off WHERE step = $1 AND lane = $2 AND position = $3 AND given_up = 0", step, lane, settled) == 0)
            {
                throw new ArgumentException($"The step {step} had not put off {settled}.", nameof(outcome));
            }
        }

        foreach (var one in outcome.PutOff)
        {
            Keep(db, lease, outcome, (one.Position, one.Reason, GivenUp: false));
        }

        foreach (var one in outcome.GivenUp)
        {
            Keep(db, lease, outcome, (one.Position, one.Reason, GivenUp: true));
        }

        foreach (var packed in documents)
        {
            var provision = packed.Document.Provision is { } id ? SqliteIntake.NumberOf(db, id) : 0;
            SqliteSteps.Append(db, core, provision, packed);
        }

        foreach (var record in outcome.Journal)
        {
            SqliteJournal.Append(db, core.Now, record);
        }
    }

    private static void Keep(Db db, StepLease lease, StepOutcome outcome, (long Position, string Reason, bool GivenUp) one)
    {
        if (one.Position > outcome.Through)
        {
            throw new ArgumentException($"Position {one.Position} lies behind {outcome.Through}.", nameof(outcome));
        }

        db.Run(
            "INSERT INTO put_off (step, lane, position, attempts, given_up, reason) VALUES ($1, $2, $3, 1, $4, $5)"
                + " ON CONFLICT (step, lane, position) DO UPDATE SET attempts = attempts + 1, given_up = excluded.given_up, reason = excluded.reason",
            lease.Step.Name,
            (int)lease.Lane,
            one.Position,
            one.GivenUp ? 1 : 0,
            one.Reason
        );
    }
}
