using Noroshi.Hub.Storage;

namespace Noroshi.Storage;

/// <summary>Whether the store may still be used; the first failure ends it.</summary>
internal sealed class StoreHealth
{
    private readonly TaskCompletionSource<StorageFailedException> _failure = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<StorageFailedException> Failure => _failure.Task;

    public bool Failed => _failure.Task.IsCompleted;

    public void Fail(StorageFailedException error) => _failure.TrySetResult(error);

    /// <summary>Lets a call go on while the store has not failed.</summary>
    /// <exception cref="StorageFailedException">The store has failed before.</exception>
    public void Check()
    {
        if (_failure.Task.IsCompletedSuccessfully)
        {
            throw new StorageFailedException("The store has failed; the process has to end.", _failure.Task.Result);
        }
    }

    /// <summary>Runs something whose failure to keep data ends the store.</summary>
    public void Guard(Action work)
    {
        Check();
        try
        {
            work();
        }
        catch (StorageFailedException error)
        {
            Fail(error);
            throw;
        }
    }
}
