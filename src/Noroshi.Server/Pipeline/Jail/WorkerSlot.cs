using Noroshi.MailAnatomy;
using Noroshi.MailAnatomy.Findings;
using Noroshi.MailAnatomy.Wire;

namespace Noroshi.Server.Pipeline.Jail;

/// <summary>One line of work: answers requests one after the other, with its recycled worker or with fresh ones.</summary>
internal sealed class WorkerSlot(WorkerNursery nursery, WorkerLimits limits) : IDisposable
{
    private WorkerProcess? _recycled;

    /// <summary>Whose bytes the recycled worker has seen.</summary>
    private string? _group;

    /// <summary>
    /// Answers a request: one try, and after a failure one that reads headers only. A failure in a worker that other mails used before
    /// says nothing of this mail, so a fresh one decides; a deadline counts at once, because the time is gone.
    /// </summary>
    public WorkerOutcome Answer(Job job)
    {
        var findings = new List<Finding>();
        var used = job.Group is { } group && group == _group && _recycled is { Requests: > 0 };
        var whole = Try(job, job.Request, limits.Deadline, findings);
        if (!whole && used && findings.TrueForAll(one => one.Code != FindingCodes.Worker.KilledDeadline.Code))
        {
            findings.Clear();
            whole = Try(job with { Group = null }, job.Request, limits.Deadline / 2, findings);
        }

        if (!whole)
        {
            job.Frames.BeginRetry();
            findings.Add(FindingCodes.Worker.Retried.At(""));
            var headersOnly = job.Request with { Level = DissectionLevel.HeadersOnly, PasswordBudgetMilliseconds = 0 };
            _ = Try(job with { Group = null }, headersOnly, limits.RetryDeadline, findings);
        }

        var unparseable = job.Frames.Members == 0 && findings.Count > 0;
        if (unparseable)
        {
            findings.Add(FindingCodes.Worker.Unparseable.At(""));
        }

        return new WorkerOutcome(job.Frames.Frames, findings, unparseable);
    }

    public void Dispose()
    {
        if (_recycled is { } worker)
        {
            _recycled = null;
            nursery.Discard(worker);
        }
    }

    private bool Try(Job job, DissectionRequest request, TimeSpan deadline, List<Finding> findings)
    {
        job.Cancellation.ThrowIfCancellationRequested();
        job.Frames.BeginTry();
        var worker = job.Group is { } group ? Recycled(group) : nursery.Take();
        var fault = default(Finding);
        try
        {
            using var cancelling = job.Cancellation.UnsafeRegister(
                static state => ((WorkerProcess?)state)?.Kill(KillReason.Cancelled),
                worker
            );
            fault = Converse(worker, job, request, deadline);
            job.Cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            worker.SetDeadline(long.MaxValue);
            worker.Tainted |= job.Frames.Tainted;
            if (
                job.Group is null
                || fault is not null
                || job.Cancellation.IsCancellationRequested
                || worker.Requests >= limits.RequestsPerWorker
            )
            {
                _recycled = ReferenceEquals(worker, _recycled) ? null : _recycled;
                nursery.Discard(worker);
            }
        }

        if (fault is not null)
        {
            findings.Add(fault);
        }

        return fault is null;
    }

    private WorkerProcess Recycled(string group)
    {
        if (_recycled is { } others && group != _group)
        {
            nursery.Discard(others);
            _recycled = null;
        }

        _group = group;
        if (_recycled is { Tainted: true } tainted && nursery.TakeSpare() is { } spare)
        {
            nursery.Discard(tainted);
            _recycled = spare;
        }

        return _recycled ??= nursery.Take();
    }

    /// <summary>Sends the request and reads frames to the end.</summary>
    /// <returns>Null when it went well, else what went wrong.</returns>
    private Finding? Converse(WorkerProcess worker, Job job, DissectionRequest request, TimeSpan deadline)
    {
        var until = nursery.Watchdog.In(deadline);
        var last = nursery.Watchdog.In(limits.RequestDeadline);
        worker.SetDeadline(until);
        worker.AllowProcessorTime(deadline);
        try
        {
            worker.Send(WireJson.Write(request), job.Bytes.Span);
        }
        catch (IOException)
        {
            return Ending(worker);
        }

        var bytesLeft = limits.AnswerBytes + (256L * job.Bytes.Length);
        if (job.Frames.Keeps)
        {
            bytesLeft = Math.Min(bytesLeft, limits.KeptAnswerBytes);
        }

        var framesLeft = limits.Frames;
        while (worker.ReadFrame() is { } raw)
        {
            bytesLeft -= raw.Payload.Length;
            if (raw.TooLarge || bytesLeft < 0 || --framesLeft < 0)
            {
                return FindingCodes.Worker.OutputTooLarge.At("");
            }

            switch (raw.Kind)
            {
                case FrameKind.Facts when WireJson.ReadFrame(raw.Payload) is { } frame && frame.Mail is null != frame.File is null:
                    (until, last) = Take(worker, job.Frames, frame, (until, last), deadline);
                    break;
                case FrameKind.End when raw.Payload.Length == 0:
                    return null;
                case FrameKind.Error when WireJson.ReadFault(raw.Payload) is { } fault:
                    return Of(fault);
                default:
                    return FindingCodes.Worker.OutputInvalid.At("");
            }
        }

        return Ending(worker);
    }

    /// <summary>Hands a frame on. While the receiver works the worker may wait: its time does not run.</summary>
    /// <returns>
    /// The deadlines from here on: a new one for each member after the first, and the last one, which each member puts off a little.
    /// </returns>
    private (long Until, long Last) Take(
        WorkerProcess worker,
        FrameCollector frames,
        AnatomyFrame frame,
        (long Until, long Last) deadlines,
        TimeSpan deadline
    )
    {
        var begin = nursery.Watchdog.Now;
        worker.SetDeadline(long.MaxValue);
        var gotOn = frames.Add(frame);
        var waited = nursery.Watchdog.Now - begin;
        var (until, last) = (deadlines.Until + waited, deadlines.Last + waited);
        if (gotOn)
        {
            until = nursery.Watchdog.In(deadline);
            last += nursery.Watchdog.In(limits.MemberAllowance) - nursery.Watchdog.Now;
            worker.AllowProcessorTime(deadline);
        }

        worker.SetDeadline(Math.Min(until, last));
        return (until, last);
    }

    private static Finding Of(WorkerFault fault) =>
        fault.Kind switch
        {
            "too-large" => FindingCodes.Worker.OutputTooLarge.At(""),
            "out-of-memory" => FindingCodes.Worker.Memory.At(""),
            "bad-request" => FindingCodes.Worker.OutputInvalid.At("bad-request"),
            _ => FindingCodes.Worker.Died.At(fault.Detail.Length <= 200 ? fault.Detail : fault.Detail[..200]),
        };

    private static Finding Ending(WorkerProcess worker)
    {
        var how = worker.End();
        return worker.Killed switch
        {
            KillReason.Deadline => FindingCodes.Worker.KilledDeadline.At(""),
            KillReason.Memory => FindingCodes.Worker.Memory.At(""),
            KillReason.None or KillReason.Cancelled => how == "signal 24"
                ? FindingCodes.Worker.KilledDeadline.At("processor time")
                : FindingCodes.Worker.Died.At(how),
        };
    }
}
