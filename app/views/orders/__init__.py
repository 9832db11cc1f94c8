"""The order desk on the screen: queues, list, detail, dialogs, notices."""
